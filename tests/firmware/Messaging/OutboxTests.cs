using CsCheck;
using Helios.Messaging;

namespace Helios.Tests.Firmware.Messaging;

public class OutboxTests
{
    [Fact]
    public void Sends_oldest_first_and_each_once_a_connection()
    {
        Outbox outbox = Filled(capacity: 4, 1, 2, 3);
        SimulatedNetwork network = new();
        OutboxDrain drain = new(outbox, network);

        Assert.Equal(DrainResult.AllHandedOver, drain.Drain(0));
        drain.Drain(1000);

        Assert.Equal([1U, 2U, 3U], network.Sent);
        Assert.Equal(3, outbox.Count);
    }

    [Fact]
    public void Loses_nothing_across_connections_until_it_is_acknowledged()
    {
        Outbox outbox = Filled(capacity: 4, 1, 2, 3);
        SimulatedNetwork network = new() { Room = 2 };
        OutboxDrain drain = new(outbox, network);
        Assert.Equal(DrainResult.Refused, drain.Drain(0));

        network.Room = 100;
        drain.Connected();
        drain.Drain(1000);
        outbox.Acknowledge(2);
        drain.Connected();
        drain.Drain(2000);
        outbox.Acknowledge(3);
        drain.Connected();
        drain.Drain(3000);

        Assert.Equal([1U, 2U, 1U, 2U, 3U, 3U], network.Sent);
        Assert.Equal(0, outbox.Count);
    }

    [Fact]
    public void Sends_again_what_nobody_acknowledged_for_a_minute()
    {
        Outbox outbox = Filled(capacity: 4, 1, 2);
        SimulatedNetwork network = new();
        OutboxDrain drain = new(outbox, network);
        drain.Drain(90_000);
        outbox.Acknowledge(1);

        drain.Drain(90_000 + OutboxDrain.ResendMs - 1);
        Assert.Equal([1U, 2U], network.Sent);
        drain.Drain(90_000 + OutboxDrain.ResendMs);
        Assert.Equal([1U, 2U, 2U], network.Sent);
    }

    [Fact]
    public void Lets_the_oldest_go_when_full_and_always_keeps_the_newest()
    {
        Outbox outbox = Filled(capacity: 3, 1, 2, 3);

        Assert.Equal(OutboxResult.KeptAndOldestDropped, outbox.Add(9, Message(9)));

        SimulatedNetwork network = new();
        new OutboxDrain(outbox, network).Drain(0);
        Assert.Equal([2U, 3U, 9U], network.Sent);
    }

    [Fact]
    public void Keeps_one_where_there_is_room_for_one()
    {
        Outbox outbox = Filled(capacity: 1, 1, 2, 3);
        SimulatedNetwork network = new();
        new OutboxDrain(outbox, network).Drain(0);

        Assert.Equal([3U], network.Sent);
    }

    [Fact]
    public void Refuses_what_is_not_newer_even_after_it_was_acknowledged()
    {
        Outbox outbox = Filled(capacity: 3, 5);
        outbox.Acknowledge(5);

        Assert.Equal(OutboxResult.NotNewer, outbox.Add(5, Message(5)));
        Assert.Equal(OutboxResult.NotNewer, outbox.Add(4, Message(4)));
        Assert.Equal(0, outbox.Count);
    }

    [Fact]
    public void Keeps_the_bytes_that_it_was_given_and_not_the_callers_array()
    {
        Outbox outbox = new(2);
        byte[] message = Message(7);
        outbox.Add(7, message);
        Array.Clear(message);

        byte[] sent = new byte[99];
        Assert.Equal(PeekResult.Found, outbox.PeekUnsent(sent, out _));
        Assert.Equal(Message(7), sent);
    }

    [Fact]
    public void Behaves_as_a_list_of_the_newest_whatever_comes_when() =>
        Gen.Select(Gen.Int[0, 4], Gen.UInt[1, 5]).Array[1, 200].Sample(
            acts =>
            {
                Outbox outbox = new(4);
                SimulatedNetwork network = new();
                OutboxDrain drain = new(outbox, network);
                List<uint> model = [];
                uint newest = 0;
                foreach ((int act, uint number) in acts)
                {
                    switch (act)
                    {
                        case 0 or 1:
                            newest += number;
                            outbox.Add(newest, Message(newest));
                            model.Add(newest);
                            model = model[^Math.Min(4, model.Count)..];
                            break;
                        case 2:
                            uint acknowledged = newest - Math.Min(newest, number - 1);
                            outbox.Acknowledge(acknowledged);
                            model.RemoveAll(pagination => pagination <= acknowledged);
                            break;
                        case 3:
                            network.Room = (int)number;
                            drain.Drain(0);
                            break;
                        default:
                            network.Sent.Clear();
                            network.Room = 100;
                            drain.Connected();
                            drain.Drain(0);
                            Assert.Equal(model, network.Sent);
                            break;
                    }

                    Assert.Equal(model.Count, outbox.Count);
                }
            },
            iter: 2000);

    private static Outbox Filled(int capacity, params uint[] paginations)
    {
        Outbox outbox = new(capacity);
        foreach (uint pagination in paginations)
        {
            outbox.Add(pagination, Message(pagination));
        }

        return outbox;
    }

    private static byte[] Message(uint pagination)
    {
        byte[] message = new byte[99];
        Helios.Metering.BigEndian.Write(message, 0, 4, pagination);
        return message;
    }
}
