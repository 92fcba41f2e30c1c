using System.Buffers.Binary;
using System.Text;
using Helios.Boards;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Chain;
using Helios.Device;
using Helios.LocalChain;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// A simulated board that feeds out 40 kW, with somebody behind it who keeps what it signs and
/// acknowledges it; whoever has it in his hands can save and restore its flash.
/// </summary>
internal sealed class BoardWithRelay
{
    private const ulong PulseMs = 90;

    private readonly SimulatedBoard _board;
    private readonly List<byte[]> _readings = [];

    public BoardWithRelay(Address ledger)
    {
        _board = new SimulatedBoard(
            new BoardOptions(), static platform => new DeviceProgram(platform).Start());
        _board.Pins[BoardPins.ExportPulse].Pulses = new SteadyPulses(_board.Clock, PulseMs);
        _board.Pins[BoardPins.ImportPulse].Pulses = new SteadyPulses(_board.Clock, ulong.MaxValue);
        _board.Broker.Published += Keep;
        _board.Flash.Place("helios.cfg", Encoding.UTF8.GetBytes($"""
            chain-id = {LocalNode.ChainId}
            ledger = {ledger}
            owner = 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
            broker = broker.example
            impulses-per-kwh = 1000
            rated-power-w = 45000
            wh-per-coin = 100
            max-open-wh = 0
            provisioning-nonce = 000102030405060708090a0b0c0d0e0f

            """));
        _board.SwitchOn();
    }

    /// <summary>The meter's address, once it is enrolled.</summary>
    public Address Meter { get; private set; }

    /// <summary>Where coins count from, Wh.</summary>
    public ulong EnrolledExportWh { get; private set; }

    /// <summary>What it signed last.</summary>
    public byte[] Newest => _readings[^1];

    /// <summary>The first reading that it signed with a pagination.</summary>
    public byte[] FirstOf(uint pagination) =>
        _readings.First(one => BinaryPrimitives.ReadUInt32BigEndian(one) == pagination);

    /// <summary>Impulses of the kWh meter so far, of 1 Wh each.</summary>
    public ulong ImpulsesMade => _board.Clock.NowMs / PulseMs;

    /// <summary>The board's time of day.</summary>
    public DateTimeOffset Now => new BoardOptions().StartsAt.AddMilliseconds(_board.Clock.NowMs);

    public void Run(TimeSpan time) =>
        _board.RunUntil(_board.Clock.NowMs + (ulong)time.TotalMilliseconds);

    /// <summary>What the meter printed to be enrolled.</summary>
    public (Enrolment Said, byte[] Signature) Enrolment()
    {
        var line = _board.Console.Lines.Last(
            static line => line.StartsWith(EnrolmentCodec.LineStart, StringComparison.Ordinal));
        Assert.Equal(
            CodecResult.Done,
            EnrolmentCodec.Decode(
                Convert.FromHexString(line[EnrolmentCodec.LineStart.Length..]),
                out var said,
                out var by));
        (Meter, EnrolledExportWh) = (new Address(said.Meter), said.ExportWh);
        return (said, by);
    }

    /// <summary>The whole flash, key and journal included.</summary>
    public IReadOnlyDictionary<string, byte[]> Save() => _board.Flash.Snapshot();

    /// <summary>Takes the power, puts an image back, and gives the power again.</summary>
    public void Restore(IReadOnlyDictionary<string, byte[]> image)
    {
        _board.CutPower();
        foreach (var name in _board.Flash.Snapshot().Keys)
        {
            _board.Flash.Remove(name);
        }

        foreach (var (name, content) in image)
        {
            _board.Flash.Place(name, content);
        }

        _board.SwitchOn();
    }

    private void Keep(MqttPublication publication)
    {
        if (Topics.Parse(publication.Topic, out var meter) != TopicKind.Reading)
        {
            return;
        }

        _readings.Add(publication.Payload);
        ReadingCodec.Decode(publication.Payload, out var reading, out _);
        _board.Broker.Publish(new MqttPublication(
            Topics.Build(TopicKind.Acknowledgement, meter),
            AcknowledgementCodec.Encode(new Acknowledgement(reading.Pagination, 0)),
            Qos: 1,
            IsRetained: false));
    }
}
