using System.Buffers.Binary;
using System.Text;
using Helios.Boards;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Chain;
using Helios.Device;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// A simulated board that feeds out 40 kW, and lets 20 kW in while its load switch is closed, with
/// somebody behind it who keeps what it signs and acknowledges it; whoever has it in his hands can
/// save and restore its flash.
/// </summary>
internal sealed class BoardWithRelay : IPowerFlow
{
    private const ulong PulseMs = 90;
    private const long LoadMilliwatts = 20_000_000;

    private readonly BoardOptions _options;
    private readonly SimulatedBoard _board;
    private readonly PulseOutputs _load;
    private readonly List<byte[]> _readings = [];

    /// <param name="deployment">What its helios.cfg names.</param>
    /// <param name="options">What it is made of; two of one seed make one key.</param>
    public BoardWithRelay(BoardDeployment deployment, BoardOptions options)
    {
        _options = options;
        _board = new SimulatedBoard(
            _options, static platform => new DeviceProgram(platform).Start());
        _load = new PulseOutputs(
            _board.Clock, new LoadBehindContactor(this, _board.Contactor), 1000);
        _board.Contactor.Changing += () => _ = _load.Import.Pulses;
        _board.Pins[BoardPins.ExportPulse].Pulses = new SteadyPulses(_board.Clock, PulseMs);
        _board.Pins[BoardPins.ImportPulse].Pulses = _load.Import;
        _board.Broker.Published += Keep;
        Place(deployment);
        _board.SwitchOn();
    }

    /// <summary>The meter's address, once its Enrolment was read.</summary>
    public Address Meter { get; private set; }

    /// <summary>Where coins count from, Wh.</summary>
    public ulong EnrolledExportWh { get; private set; }

    /// <summary>What it printed, since it was made.</summary>
    public IEnumerable<string> Console => _board.Console.Lines;

    /// <summary>All that it signed, in order.</summary>
    public IReadOnlyList<byte[]> Readings => _readings;

    /// <summary>What it signed last.</summary>
    public byte[] Newest => _readings[^1];

    /// <summary>The first reading that it signed with a pagination.</summary>
    public byte[] FirstOf(uint pagination) =>
        _readings.First(one => BinaryPrimitives.ReadUInt32BigEndian(one) == pagination);

    /// <summary>Impulses of the kWh meter so far, of 1 Wh each, fed out.</summary>
    public ulong ImpulsesMade => _board.Clock.NowMs / PulseMs;

    /// <summary>Energy that really flowed through its load switch, Wh.</summary>
    public long LetInWh => _load.Import.Pulses;

    /// <summary>True while the coil of its load switch is held.</summary>
    public bool IsSwitchClosed => _board.IsSwitchClosed;

    /// <summary>The board's time of day.</summary>
    public DateTimeOffset Now => _options.StartsAt.AddMilliseconds(_board.Clock.NowMs);

    /// <inheritdoc/>
    public long MilliwattsAt(ulong atMs, out ulong untilMs)
    {
        untilMs = atMs + 60_000;
        return -LoadMilliwatts;
    }

    public void Run(TimeSpan time) =>
        _board.RunUntil(_board.Clock.NowMs + (ulong)time.TotalMilliseconds);

    /// <summary>What the meter printed to be enrolled.</summary>
    public (Enrolment Said, byte[] Signature) Enrolment()
    {
        var line = Console.Last(
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

    /// <summary>Retains an order for it at its broker.</summary>
    public void Order(Address controller, byte[] message) => _board.Broker.Publish(
        new MqttPublication(
            Topics.BuildOrder(Meter.ToArray(), controller.ToArray()),
            message,
            Qos: 1,
            IsRetained: true));

    /// <summary>The whole flash, key and journal included.</summary>
    public IReadOnlyDictionary<string, byte[]> Save() => _board.Flash.Snapshot();

    /// <summary>Writes another helios.cfg and starts it again.</summary>
    public void Configure(BoardDeployment deployment)
    {
        _board.CutPower();
        Place(deployment);
        _board.SwitchOn();
    }

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

    private void Place(BoardDeployment deployment) => _board.Flash.Place(
        "helios.cfg", Encoding.UTF8.GetBytes(deployment.TextFor(_options.Element)));

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
