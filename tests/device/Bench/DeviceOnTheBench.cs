using System.Text;
using Helios.Boards;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.Device.Bench;

/// <summary>
/// A simulated board that runs the device program, with a pulse a second on export.
/// </summary>
internal sealed class DeviceOnTheBench
{
    private IThreads? _threads;

    public DeviceOnTheBench(
        Func<Platform, Platform>? change = null, BoardOptions? options = null, ulong pulseMs = 1000)
    {
        Board = new SimulatedBoard(options ?? new BoardOptions(), platform =>
        {
            _threads = platform.Threads;
            Program = new DeviceProgram(change is null ? platform : change(platform));
            Program.Start();
        });
        Board.Flash.Place(
            ConfigurationFile.Name, Encoding.ASCII.GetBytes(ConfigurationFileTests.Sound));
        ExportLine = new SteadyPulses(Board.Clock, pulseMs);
        Board.Pins[BoardPins.ExportPulse].Pulses = ExportLine;
        Board.Ended += () => CountedAtEnd = Program?.Meter?.ExportImpulses ?? 0;
    }

    public SimulatedBoard Board { get; }

    public DeviceProgram Program { get; private set; } = null!;

    public IPulseSource ExportLine { get; }

    public ulong UptimeMs => _threads!.UptimeMs;

    /// <summary>The export register when the last boot ended.</summary>
    public ulong CountedAtEnd { get; private set; }

    public Meter Meter => Program.Meter;

    public StageLinks Links => Program.Links;

    /// <summary>What stands in the journal's files now; null if nothing.</summary>
    public JournalRecord? Journal
    {
        get
        {
            MemoryFlash copy = new();
            foreach (var (name, bytes) in Board.Flash.Snapshot())
            {
                copy[name] = bytes;
            }

            new Journal(new SlotFiles(copy)).Open(out var record);
            return record;
        }
    }

    public static DeviceOnTheBench Signing(ulong pulseMs = 1000)
    {
        DeviceOnTheBench bench = new(pulseMs: pulseMs);
        bench.Board.SwitchOn();
        bench.RunSeconds(60);
        Assert.Equal(MeterState.Ready, bench.Meter.State);
        Assert.True(
            bench.Meter.Record.IsEnrolled,
            string.Join(Environment.NewLine, bench.Board.Console.Lines));
        return bench;
    }

    public void RunSeconds(ulong seconds) => Board.RunUntil(Board.Clock.NowMs + (seconds * 1000));

    /// <summary>A planned restart, then another minute.</summary>
    public void RestartInOrder()
    {
        Links.Restart.Ask(RestartCause.Planned, 0);
        RunSeconds(62);
    }

    /// <summary>The Enrolment that the console shows, its signature checked.</summary>
    public Enrolment PrintedEnrolment()
    {
        var line = Board.Console.Lines.Last(
            text => text.StartsWith(EnrolmentCodec.LineStart, StringComparison.Ordinal));
        var message = Convert.FromHexString(line[EnrolmentCodec.LineStart.Length..]);
        Assert.Equal(
            CodecResult.Done, EnrolmentCodec.Decode(message, out var said, out var signature));

        var record = Meter.Record;
        var digest = new byte[32];
        new Eip712Digest(new Eip712Domain(record.ChainId, record.VerifyingContract))
            .OfEnrolment(said, digest);
        var signer = new byte[20];
        Assert.Equal(
            SignatureCheck.Valid, new SignatureVerifier().Recover(digest, signature, signer));
        Assert.Equal(said.Meter, signer);
        return said;
    }

    /// <summary>What the console says just before the Enrolment that it shows last.</summary>
    public string LineAboveEnrolment()
    {
        string[] lines = [.. Board.Console.Lines];
        var at = Array.FindLastIndex(
            lines, line => line.StartsWith(EnrolmentCodec.LineStart, StringComparison.Ordinal));
        return at > 0 ? lines[at - 1] : "";
    }

    public IEnumerable<TraceCode> Traced()
    {
        for (var age = 0; age < Links.Trace.Count; age++)
        {
            yield return Links.Trace.Read(age, out _, out _);
        }
    }
}
