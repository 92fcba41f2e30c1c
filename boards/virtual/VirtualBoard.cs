using System.Text;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;
using Helios.Device;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Boards.Virtual;

/// <summary>
/// A board that is this computer: a simulated board that boots the device program, with a
/// configuration on its flash and a kWh meter on its pins. It has no thread; whoever owns the time
/// drives it.
/// </summary>
public sealed class VirtualBoard
{
    /// <summary>
    /// From power-on to the first sample of the series, ms: time to boot and enrol.
    /// </summary>
    public const ulong BeginsAtMs = 600_000;

    // It looks at the button in each turn of counting, first and last are one apart at the most.
    private const ulong ButtonHeldMs = OwnerButton.HeldMs + (2 * CountingStage.TurnMs);

    private readonly SimulatedBoard _board;
    private readonly PulseOutputs _outputs;
    private DeviceProgram? _program;
    private uint _enrolledPagination;

    /// <summary>Makes a board and switches it on.</summary>
    /// <param name="configuration">The text of its helios.cfg.</param>
    /// <param name="flow">What flows through its kWh meter.</param>
    /// <param name="beginsAt">The time of day at which the series begins.</param>
    /// <param name="brokerPort">TCP port of the broker on this computer.</param>
    /// <param name="answered">Told from any thread when the broker answered.</param>
    /// <param name="element">Its secure element; null without one.</param>
    public VirtualBoard(
        string configuration,
        MeterFlow flow,
        DateTimeOffset beginsAt,
        int brokerPort,
        Action answered,
        ElementMemory? element)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _board = new SimulatedBoard(
            new BoardOptions
            {
                StartsAt = beginsAt.AddMilliseconds(-(double)BeginsAtMs),
                Seed = null,
                BrokerPort = brokerPort,
                Answered = answered,
                Element = element,
            },
            platform =>
            {
                _program = new DeviceProgram(platform);
                _program.Start();
            });
        _outputs = new PulseOutputs(_board.Clock, Wire(flow), flow.ImpulsesPerKwh);
        _board.Contactor.Changing += () => _ = _outputs.Import.Pulses;
        _board.Pins[BoardPins.ExportPulse].Pulses = _outputs.Export;
        _board.Pins[BoardPins.ImportPulse].Pulses = _outputs.Import;
        _board.Flash.Place("helios.cfg", Encoding.UTF8.GetBytes(configuration));
        _board.SwitchOn();
    }

    /// <summary>What it printed.</summary>
    public IEnumerable<string> Console => _board.Console.Lines;

    /// <summary>Signed readings that wait for a relay.</summary>
    public int ReadingsWaiting => Program.Links.Outbox.Count;

    /// <summary>Readings signed since the Enrolment.</summary>
    public long ReadingsSigned => Record.SignedPagination - _enrolledPagination;

    /// <summary>Impulses that the kWh meter made: fed out, taken in.</summary>
    public (long Export, long Import) ImpulsesMade =>
        (_outputs.Export.Pulses, _outputs.Import.Pulses);

    /// <summary>Impulses that the firmware counted: fed out, taken in.</summary>
    public (long Export, long Import) ImpulsesCounted =>
        ((long)Program.Meter.ExportImpulses, (long)Program.Meter.ImportImpulses);

    /// <summary>The registers as the journal holds them, those signed last among them.</summary>
    public JournalRecord Record => Program.Meter.Record;

    /// <summary>The book of what passed its load switch; null without one.</summary>
    public PassedEnergy? Passed { get; private set; }

    /// <summary>What it may let through and has not yet, Wh: the rest on its display.</summary>
    public ulong RestWh
    {
        get
        {
            var record = Record;
            var usedWh = record.ImportWhDown + record.ReturnedWh;
            return record.AuthorisedWh > usedWh ? record.AuthorisedWh - usedWh : 0;
        }
    }

    private DeviceProgram Program => _program
        ?? throw new InvalidOperationException("The board has not booted yet.");

    /// <summary>Lets time pass.</summary>
    /// <param name="untilMs">Until then, in milliseconds since it was switched on.</param>
    /// <returns>False if it stands still, because the broker's answer is under way.</returns>
    public bool RunUntil(ulong untilMs) => _board.RunUntil(untilMs);

    /// <summary>
    /// Reads from the console what the meter signed for its owner, once it is there.
    /// </summary>
    /// <param name="enrolment">What was signed.</param>
    /// <param name="signature">Its signature, 64 bytes.</param>
    public bool TryReadEnrolment(out Enrolment enrolment, out byte[] signature)
    {
        var line = _board.Console.Lines.LastOrDefault(
            line => line.StartsWith(EnrolmentCodec.LineStart, StringComparison.Ordinal));
        enrolment = null!;
        signature = [];
        if (line is null
            || EnrolmentCodec.Decode(
                Convert.FromHexString(line[EnrolmentCodec.LineStart.Length..]),
                out enrolment,
                out signature) != CodecResult.Done)
        {
            return false;
        }

        _enrolledPagination = enrolment.Pagination;
        return true;
    }

    /// <summary>The owner holds the button that returns what is open.</summary>
    public void HoldReturnButton()
    {
        _board.Pins[BoardPins.ReturnButton].SetOutside(BoardPins.ReturnButtonIsHigh);
        _board.Clock.At(
            _board.Clock.NowMs + ButtonHeldMs,
            () => _board.Pins[BoardPins.ReturnButton].SetOutside(!BoardPins.ReturnButtonIsHigh));
    }

    /// <summary>Takes its power away.</summary>
    public void SwitchOff() => _board.CutPower();

    private IPowerFlow Wire(MeterFlow flow)
    {
        var series = new PowerCursor(flow.Series, BeginsAtMs, flow.Repeats);
        if (!flow.IsBehindSwitch)
        {
            return series;
        }

        Passed = new PassedEnergy(
            _board.Clock,
            new PowerCursor(flow.Series, BeginsAtMs, flow.Repeats),
            _board.Contactor);
        return new LoadBehindContactor(series, _board.Contactor);
    }
}
