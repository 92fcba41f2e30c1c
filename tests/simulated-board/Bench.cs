using Helios.Boards.Simulated;
using Helios.Device;

namespace Helios.Tests.SimulatedBoard;

/// <summary>A board whose program is a test's own stages.</summary>
internal static class Bench
{
    /// <summary>A watchdog that leaves a program alone which does not feed it.</summary>
    internal static BoardOptions Patient { get; } = new() { WatchdogMs = ulong.MaxValue / 2 };

    /// <summary>A board that is on, its program run once so far.</summary>
    internal static Boards.Simulated.SimulatedBoard SwitchOn(
        Action<Platform> program, BoardOptions? options = null)
    {
        var board = new Boards.Simulated.SimulatedBoard(options ?? Patient, program);
        board.SwitchOn();
        board.RunUntil(Patient.BootMs);
        return board;
    }

    /// <summary>Starts a stage.</summary>
    internal static IWakeSignal Stage(
        this Platform platform,
        Func<ulong, ulong> turn,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        var signal = platform.Threads.CreateSignal();
        platform.Threads.Start(
            new GuardedStage(StageName.Counting, new Turns(turn), new Rethrow()), signal, priority);
        return signal;
    }

    private sealed class Turns(Func<ulong, ulong> turn) : IStage
    {
        public ulong Turn(ulong uptimeMs) => turn(uptimeMs);
    }

    private sealed class Rethrow : IFaultHandler
    {
        public ulong Failed(StageName stage, Exception exception, ulong uptimeMs) =>
            throw new InvalidOperationException("A stage threw.", exception);
    }
}
