using Helios.Device;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Tests.Device;

/// <summary>What came in for supply waits, and nobody keeps out another.</summary>
public sealed class SupplyInboxTests
{
    private static readonly byte[] Meter = [.. Enumerable.Repeat((byte)0xAA, 20)];
    private static readonly string Request = Topics.Build(TopicKind.Request, Meter);
    private static readonly string Set = Topics.BuildControllers(Meter, 1);

    private readonly CountingSignal _signing = new();
    private readonly CountingSignal _network = new();
    private readonly SupplyInbox _inbox;

    public SupplyInboxTests()
    {
        _inbox = new(_signing, _network) { Topics = [Request, Order(1), Order(2), Set] };
    }

    [Fact]
    public void A_controller_that_floods_its_topic_keeps_out_no_other_and_no_owner()
    {
        for (byte i = 1; i <= 20; i++)
        {
            _inbox.Add(Order(1), [i]);
        }

        _inbox.Add(Order(2), [30]);
        _inbox.Add(Request, [40]);
        _inbox.Add(Set, [50]);

        Assert.Equal([(Order(1), 20), (Order(2), 30), (Request, 40), (Set, 50)], TakeAll());
    }

    [Fact]
    public void Who_sends_on_waits_until_each_of_the_others_had_a_turn()
    {
        _inbox.Add(Order(1), [1]);
        _inbox.Add(Order(2), [2]);
        _inbox.Add(Set, [3]);
        Assert.Equal((Order(1), 1), Take());
        _inbox.Add(Order(1), [4]);
        _inbox.Add(Order(1), [5]);

        Assert.Equal([(Order(2), 2), (Set, 3), (Order(1), 5)], TakeAll());
    }

    [Fact]
    public void The_newest_order_and_the_newest_set_wait_in_the_turn_of_those_they_replace()
    {
        _inbox.Add(Set, [1]);
        _inbox.Add(Order(1), [2]);
        _inbox.Add(Order(2), [3]);
        _inbox.Add(Order(1), [4]);
        _inbox.Add(Set, [5]);

        Assert.Equal([(Set, 5), (Order(1), 4), (Order(2), 3)], TakeAll());
    }

    [Fact]
    public void Requests_are_taken_each_and_in_their_order_and_a_fifth_is_refused()
    {
        for (byte number = 1; number <= 20; number++)
        {
            _inbox.Add(Request, [number]);
        }

        _inbox.Add(Order(1), [30]);

        Assert.Equal(
            [(Request, 1), (Request, 2), (Request, 3), (Request, 4), (Order(1), 30)], TakeAll());
        Assert.Equal(4, SupplyInbox.RequestsMax);
    }

    [Fact]
    public void There_is_room_for_every_topic_of_the_largest_set()
    {
        _inbox.Topics =
            [Request, .. Enumerable.Range(1, ControllerSet.CountMax).Select(Order), Set];
        for (byte round = 1; round <= 20; round++)
        {
            foreach (var topic in _inbox.Topics)
            {
                _inbox.Add(topic, [round]);
            }
        }

        var taken = TakeAll();
        Assert.Equal(ControllerSet.CountMax + 1 + SupplyInbox.RequestsMax, taken.Count);
        Assert.Equal(ControllerSet.CountMax + 2, taken.DistinctBy(one => one.Topic).Count());
    }

    [Fact]
    public void What_is_put_back_comes_first_unless_a_newer_one_waits()
    {
        _inbox.Add(Order(1), [1]);
        _inbox.Add(Order(2), [2]);
        Assert.Equal((Order(1), 1), Take());
        _inbox.PutBack(Order(1), [1]);
        Assert.Equal([(Order(1), 1), (Order(2), 2)], TakeAll());

        _inbox.Add(Order(1), [3]);
        _inbox.PutBack(Order(1), [1]);
        Assert.Equal([(Order(1), 3)], TakeAll());
    }

    [Fact]
    public void A_request_that_is_put_back_stays_before_those_that_came_after_it()
    {
        _inbox.Add(Request, [1]);
        Assert.Equal((Request, 1), Take());
        for (byte number = 2; number <= 6; number++)
        {
            _inbox.Add(Request, [number]);
        }

        foreach (var topic in new[] { Order(1), Order(2), Set })
        {
            _inbox.Add(topic, [9]);
        }

        _inbox.PutBack(Request, [1]);
        Assert.Equal(
            [1, 2, 3, 4, 5],
            TakeAll().Select(one => one.First).Where(first => first != 9));
    }

    [Fact]
    public void What_is_put_back_wakes_nobody()
    {
        _inbox.Add(Order(1), [1]);
        Take();
        var raised = _signing.Raised;
        _inbox.PutBack(Order(1), [1]);
        Assert.Equal(raised, _signing.Raised);
    }

    [Fact]
    public void With_other_topics_what_waits_for_those_that_stay_waits_on()
    {
        _inbox.Add(Order(1), [1]);
        _inbox.Add(Request, [2]);
        _inbox.Add(Set, [3]);
        _inbox.Add(Order(2), [4]);
        _inbox.Topics = [Request, Order(2), Order(3), Topics.BuildControllers(Meter, 2)];

        Assert.Equal(2, _network.Raised);
        Assert.Equal([(Request, 2), (Order(2), 4)], TakeAll());
    }

    [Fact]
    public void Keeps_nothing_of_another_topic()
    {
        _inbox.Add(Order(3), [1]);
        _inbox.Add(Topics.BuildControllers(Meter, 2), [1]);
        _inbox.Add("", [1]);
        Assert.Empty(TakeAll());
        Assert.Equal(0, _signing.Raised);
    }

    [Fact]
    public void Keeps_nothing_that_is_longer_than_any_message_of_supply()
    {
        _inbox.Add(Set, new byte[ControllerSetCodec.LengthMax + 1]);
        Assert.False(_inbox.TryTake(out _, out _));

        _inbox.Add(Set, new byte[ControllerSetCodec.LengthMax]);
        Assert.True(_inbox.TryTake(out _, out _));
    }

    private static string Order(int controller)
        => Topics.BuildOrder(Meter, [.. Enumerable.Repeat((byte)controller, 20)]);

    private (string Topic, int First) Take()
    {
        Assert.True(_inbox.TryTake(out var topic, out var message));
        return (topic, message[0]);
    }

    private List<(string Topic, int First)> TakeAll()
    {
        List<(string Topic, int First)> taken = [];
        while (_inbox.TryTake(out var topic, out var message))
        {
            taken.Add((topic, message[0]));
        }

        return taken;
    }

    private sealed class CountingSignal : IWakeSignal
    {
        public int Raised { get; private set; }

        public void Raise() => Raised++;
    }
}
