using System.Buffers.Binary;
using System.Text.Json;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device.Network;

/// <summary>
/// A whole device in simulated time, against everything between it and its relay.
/// </summary>
public class NetworkStageTests
{
    private const ulong HourS = 3600;

    // One impulse a second: a coin after 1,000 s.
    private readonly DeviceOnTheBench _bench = DeviceOnTheBench.Signing();

    public static TheoryData<string, TraceCode, int> Failures => new()
    {
        { "refuses", TraceCode.BrokerFailed, (int)SessionResult.Unreachable },
        { "unreachable", TraceCode.BrokerFailed, (int)SessionResult.Unreachable },
        { "mute", TraceCode.BrokerFailed, (int)SessionResult.Unreachable },
        { "refuses the meter", TraceCode.BrokerFailed, (int)SessionResult.Refused },
        { "no DNS", TraceCode.BrokerFailed, (int)SessionResult.NameUnknown },
        { "no Wi-Fi", TraceCode.LinkFailed, (int)LinkResult.Failed },
        { "no credentials", TraceCode.LinkFailed, (int)LinkResult.NoCredentials },
    };

    private string Meter => Topics.ToHex(_bench.Links.Identity.Address);

    private bool IsOnline => _bench.Links.Condition.IsConnected;

    [Fact]
    public void Comes_online_and_says_so_for_whoever_comes_later()
    {
        Assert.True(IsOnline);
        using var status = Status();
        Assert.True(status.RootElement.GetProperty("online").GetBoolean());
        Assert.Equal("ready", status.RootElement.GetProperty("meter").GetString());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Waits_ever_longer_counts_on_and_comes_back(string failure, TraceCode code, int says)
    {
        Change(failure, isBroken: true);
        _bench.Board.Broker.Drop(isTold: true);
        _bench.RunSeconds(4 * HourS);

        Assert.False(IsOnline);
        Assert.Contains((code, (uint)says), Traced());
        Assert.Equal(BackOff.AttemptsMax, _bench.Journal!.FailedAttempts);
        Assert.InRange(_bench.Meter.ExportImpulses + 2, (ulong)_bench.ExportLine.Pulses - 3,
            (ulong)_bench.ExportLine.Pulses + 3);
        Assert.Equal(1, _bench.Board.Boots);

        Change(failure, isBroken: false);
        AnswerAsRelay();
        _bench.RunSeconds(HourS + 600);
        Assert.True(IsOnline);
        Assert.Equal(0, _bench.Links.Outbox.Count);
        Assert.Equal(0, _bench.Journal!.FailedAttempts);
    }

    [Fact]
    public void A_connection_that_breaks_every_six_minutes_costs_the_flash_one_write_each()
    {
        var bench = DeviceOnTheBench.Signing(pulseMs: 7200);
        var writes = bench.Board.Flash.Writes;
        bench.RunSeconds(24 * HourS);
        var quiet = bench.Board.Flash.Writes - writes;

        writes = bench.Board.Flash.Writes;
        for (var i = 0; i < 240; i++)
        {
            bench.Board.Broker.Drop(isTold: true);
            bench.RunSeconds(360);
        }

        Assert.True(bench.Links.Condition.IsConnected);
        Assert.InRange(bench.Board.Flash.Writes - writes - quiet, 1, 240);
    }

    [Fact]
    public void The_back_off_survives_a_restart()
    {
        _bench.Board.Weather.Broker = BrokerMood.Refuses;
        _bench.Board.Broker.Drop(isTold: true);
        _bench.RunSeconds(4 * HourS);
        var connections = Traced().Count(entry => entry.Code == TraceCode.BrokerFailed);
        Assert.InRange(connections, 5, 20);

        _bench.RestartInOrder();
        _bench.RunSeconds(1500);
        Assert.DoesNotContain(Traced(), entry => entry.Code == TraceCode.BrokerFailed);
        _bench.RunSeconds(HourS);
        Assert.Contains(Traced(), entry => entry.Code == TraceCode.BrokerFailed);
    }

    [Fact]
    public void TLS_waits_until_the_time_is_known()
    {
        _bench.Board.Weather.HasTimeServer = false;
        _bench.Board.Broker.Drop(isTold: true);
        _bench.RestartInOrder();
        var connections = _bench.Board.Broker.Connections;
        _bench.RunSeconds(HourS);
        Assert.False(IsOnline);
        Assert.Equal(connections, _bench.Board.Broker.Connections);
        Assert.Contains(
            (TraceCode.BrokerFailed, (uint)SessionResult.TimeUnknown), Traced());

        _bench.Board.Weather.HasTimeServer = true;
        _bench.RunSeconds(HourS);
        Assert.True(IsOnline);
    }

    [Fact]
    public void A_link_that_is_up_and_silent_is_given_up()
    {
        _bench.Board.Broker.Drop(isTold: false);
        _bench.RunSeconds(HourS);

        Assert.True(IsOnline);
        Assert.Contains(Traced(), entry => entry.Code == TraceCode.ConnectionLost);
    }

    [Fact]
    public void The_will_says_offline()
    {
        _bench.Board.Weather.Broker = BrokerMood.Refuses;
        _bench.Board.Weather.HasWifi = false;
        _bench.RunSeconds(600);

        using var status = Status();
        Assert.False(status.RootElement.GetProperty("online").GetBoolean());
    }

    [Fact]
    public void Every_reading_arrives_through_a_thousand_lost_connections()
    {
        AnswerAsRelay();
        var arrived = new HashSet<uint>();
        _bench.Board.Broker.Published += message => Note(message, arrived);
        _bench.Board.Weather.AnswerLoss = 0.2;
        var random = new Random(3);
        for (var loss = 0; loss < 1000; loss++)
        {
            _bench.RunSeconds((ulong)random.Next(1, 600));
            _bench.Board.Broker.Drop(isTold: random.Next(2) == 0);
        }

        _bench.Board.Weather.AnswerLoss = 0;
        _bench.RunSeconds(2 * HourS);
        Assert.Equal(0, _bench.Links.Outbox.Count);
        var first = arrived.Min();
        var last = _bench.Meter.Record.SignedPagination;
        Assert.Equal(last, arrived.Max());
        Assert.Equal(last - first + 1, (uint)arrived.Count);
        Assert.InRange(arrived.Count, 100, 1000);
        Assert.Equal(1, _bench.Board.Boots);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_counted_is_stored_before_a_call_that_blocks(bool isLink)
    {
        _bench.RunSeconds(100);
        var unstored = _bench.Meter.ExportImpulses - _bench.Journal!.ExportImpulses;
        Assert.True(unstored > 50, "The journal is not behind, so nothing is shown.");
        _bench.Board.Weather.JoinMs = isLink ? 60_000UL : 2000;
        _bench.Board.Weather.HandshakeMs = isLink ? 2500UL : 60_000;
        _bench.Board.Weather.HasWifi = !isLink;
        _bench.Board.Weather.HasWifi = true;
        _bench.Board.Broker.Drop(isTold: true);
        _bench.Board.Clock.At(_bench.Board.Clock.NowMs + 30_000, _bench.Board.CutPower);
        _bench.RunSeconds(40);

        Assert.Equal(BootEnd.PowerLost, _bench.Board.LastEnd);
        Assert.InRange(
            _bench.Journal!.ExportImpulses, _bench.CountedAtEnd - 2, _bench.CountedAtEnd);
    }

    [Fact]
    public void A_new_connection_is_given_at_once_what_the_last_one_was()
    {
        var signed = _bench.Meter.Record.SignedPagination;
        while (_bench.Meter.Record.SignedPagination == signed)
        {
            _bench.RunSeconds(1);
        }

        // Handed over and not acknowledged: without a new connection it is repeated after a minute.
        _bench.RunSeconds(2);
        Assert.NotEqual(0, _bench.Links.Outbox.Count);
        AnswerAsRelay();
        _bench.Board.Broker.Drop(isTold: true);
        _bench.RunSeconds(12);

        Assert.True(IsOnline);
        Assert.Equal(0, _bench.Links.Outbox.Count);
    }

    private static void Note(MqttPublication message, HashSet<uint> arrived)
    {
        if (message.Topic.EndsWith("/reading", StringComparison.Ordinal))
        {
            arrived.Add(BinaryPrimitives.ReadUInt32BigEndian(message.Payload));
        }
    }

    private void Change(string failure, bool isBroken)
    {
        var weather = _bench.Board.Weather;
        weather.MuteMs = 40_000;
        weather.Broker = (failure, isBroken) switch
        {
            ("refuses", true) => BrokerMood.Refuses,
            ("unreachable", true) => BrokerMood.Unreachable,
            ("mute", true) => BrokerMood.Mute,
            ("refuses the meter", true) => BrokerMood.NotAuthorised,
            _ => BrokerMood.Accepts,
        };
        weather.HasDns = failure is not "no DNS" || !isBroken;
        weather.HasWifi = failure is not ("no Wi-Fi" or "no credentials") || !isBroken;
        weather.HasCredentials = failure is not "no credentials" || !isBroken;
    }

    private void AnswerAsRelay() => _bench.Board.Broker.Published += message =>
    {
        if (message.Topic.EndsWith("/reading", StringComparison.Ordinal))
        {
            var answer = new byte[8];
            message.Payload.AsSpan(0, 4).CopyTo(answer);
            _bench.Board.Broker.Publish(
                new MqttPublication($"helios/v1/{Meter}/ack", answer, 1, IsRetained: false));
        }
    };

    private JsonDocument Status() =>
        JsonDocument.Parse(_bench.Board.Broker.Retained($"helios/v1/{Meter}/status")!.Payload);

    private List<(TraceCode Code, uint Says)> Traced()
    {
        List<(TraceCode, uint)> entries = [];
        for (var age = 0; age < _bench.Links.Trace.Count; age++)
        {
            var code = _bench.Links.Trace.Read(age, out var argument, out _);
            entries.Add((code, argument & 0xFF));
        }

        return entries;
    }
}
