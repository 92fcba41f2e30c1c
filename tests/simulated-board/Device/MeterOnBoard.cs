using System.Text;
using Helios.Boards;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Metering;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// The device program on a simulated board, with a relay behind it and books beside it. At the end
/// of each boot the registers in its memory are compared with the pulses on its lines, and at the
/// next boot the journal with what was in memory.
/// </summary>
internal sealed class MeterOnBoard
{
    internal const uint ImpulsesPerKwh = 1000;
    internal const uint RatedPowerW = 60_000;

    private ulong _exportInMemory;
    private ulong _importInMemory;
    private bool _isProvisioned;
    private bool _wasStored;
    private bool _hasFed;

    /// <param name="options">Of the board.</param>
    /// <param name="export">Makes the export line.</param>
    /// <param name="import">Makes the import line.</param>
    /// <param name="whPerCoin">How fine readings are.</param>
    internal MeterOnBoard(
        BoardOptions options,
        Func<BoardClock, IPulseSource> export,
        Func<BoardClock, IPulseSource> import,
        int whPerCoin = 1000)
    {
        Board = new Boards.Simulated.SimulatedBoard(options, platform =>
        {
            Program = new DeviceProgram(platform);
            Program.Start();
        });
        Relay = new RelayOnBench(Board.Broker);
        Board.Pins[BoardPins.ExportPulse].Pulses = export(Board.Clock);
        Board.Pins[BoardPins.ImportPulse].Pulses = import(Board.Clock);
        Export = new CountedLine(Board.Pins[BoardPins.ExportPulse].Pulses!);
        Import = new CountedLine(Board.Pins[BoardPins.ImportPulse].Pulses!);
        Board.Flash.Place("helios.cfg", Encoding.UTF8.GetBytes(Configuration(whPerCoin)));
        Board.Booting += OnBooting;
        Board.Ended += OnEnded;
        Board.Pins[BoardPins.WatchdogFeed].Changed += OnFeed;
        Board.SwitchOn();
    }

    internal Boards.Simulated.SimulatedBoard Board { get; }

    internal RelayOnBench Relay { get; }

    internal CountedLine Export { get; }

    internal CountedLine Import { get; }

    /// <summary>The program of the last boot.</summary>
    internal DeviceProgram Program { get; private set; } = null!;

    /// <summary>False from a fault of the storage to the first boot without one.</summary>
    internal bool IsStorageSound { get; set; } = true;

    /// <summary>Impulses that losses of power cost so far, both registers.</summary>
    internal ulong Lost { get; private set; }

    /// <summary>The largest of these losses on one register.</summary>
    internal ulong LostAtOnceMax { get; private set; }

    /// <summary>Pulses of both lines while the program restarted.</summary>
    internal ulong LostAtRestarts { get; private set; }

    /// <summary>The most of these on one line.</summary>
    internal ulong LostAtRestartMax { get; private set; }

    internal static string Configuration(int whPerCoin) => $"""
        chain-id = 31337
        ledger = 0x5fbdb2315678afecb367f032d93f642f64180aa3
        owner = 0x70997970c51812dc3a010c7d01b50e0d17dc79c8
        broker = broker.example
        impulses-per-kwh = {ImpulsesPerKwh}
        rated-power-w = {RatedPowerW}
        wh-per-coin = {whPerCoin}
        max-open-wh = 0
        provisioning-nonce = 000102030405060708090a0b0c0d0e0f

        """;

    /// <summary>Lets time pass and looks at the books.</summary>
    internal void Run(TimeSpan time)
    {
        Board.RunUntil(Board.Clock.NowMs + (ulong)time.TotalMilliseconds);
        if (Board.IsRunning)
        {
            Compare();
        }
    }

    /// <summary>The registers in memory are exactly what the lines made while counted.</summary>
    internal void Compare()
    {
        var meter = Program.Meter;
        if (meter.State == MeterState.Closed || !_hasFed)
        {
            return;
        }

        // Files that cannot be read are waited for: until then it counts from 0.
        var isOpen = meter.Record is not null;
        Assert.Equal(isOpen ? Export.Expected : Export.Counted, meter.ExportImpulses);
        Assert.Equal(isOpen ? Import.Expected : Import.Counted, meter.ImportImpulses);
        Assert.InRange(Program.Links.Outbox.Count, 0, Program.Links.Outbox.Capacity);
    }

    private void OnBooting()
    {
        var record = FlashSlots.Find(Board.Flash);
        if (record is null && !_isProvisioned)
        {
            // There is no register before there is a journal.
            _exportInMemory = 0;
            _importInMemory = 0;
        }

        if (record is not null || IsStorageSound)
        {
            Judge(record?.ExportImpulses ?? 0, ref _exportInMemory, Export);
            Judge(record?.ImportImpulses ?? 0, ref _importInMemory, Import);
        }

        if (_wasStored)
        {
            JudgeRestart(Export);
            JudgeRestart(Import);
        }

        Export.Boot(record?.ExportImpulses ?? 0);
        Import.Boot(record?.ImportImpulses ?? 0);
        _hasFed = false;
        IsStorageSound = !Board.Flash.IsFull && !Board.Flash.IsFailing;
    }

    private void Judge(ulong stored, ref ulong inMemory, CountedLine line)
    {
        Assert.True(stored <= inMemory, $"The register rose from {inMemory} to {stored}.");
        var lost = inMemory - stored;
        inMemory = stored;
        if (!IsStorageSound)
        {
            return;
        }

        Lost += lost;
        LostAtOnceMax = Math.Max(LostAtOnceMax, lost);

        // One minute at rated power, and what came in the turn before the write and in the write.
        var lossMax = _wasStored
            ? 0
            : StoreInterval.ImpulsesMax(ImpulsesPerKwh, RatedPowerW) + (2 * line.LargestStep);
        if (lost > lossMax)
        {
            Assert.Fail($"{lost} impulses are gone, {lossMax} may be. {Story()}");
        }
    }

    // What came since the last turn of the counting stage: while the journal was written and the
    // board started.
    private void JudgeRestart(CountedLine line)
    {
        var lost = (ulong)line.Pending;
        LostAtRestarts += lost;
        LostAtRestartMax = Math.Max(LostAtRestartMax, lost);
    }

    // What the last boot says of itself, newest first.
    private string Story()
    {
        var trace = Program.Links.Trace;
        var entries = Enumerable.Range(0, trace.Count).Select(age =>
        {
            var code = trace.Read(age, out var argument, out var uptimeS);
            return $"{uptimeS} s {code} {argument}";
        });
        return $"{Program.Meter.State}: {string.Join(", ", entries)}";
    }

    private void OnEnded()
    {
        Compare();
        _isProvisioned |= Program.Meter.State == MeterState.Ready;
        _wasStored = Board.LastEnd == BootEnd.Program;

        // A boot that could not read its journal began at 0.
        _exportInMemory = Math.Max(_exportInMemory, Program.Meter.ExportImpulses);
        _importInMemory = Math.Max(_importInMemory, Program.Meter.ImportImpulses);
    }

    private void OnFeed(bool isHigh)
    {
        if (isHigh && Board.IsRunning)
        {
            _hasFed = true;
            Export.Feed();
            Import.Feed();
        }
    }
}
