using System.Runtime.CompilerServices;
using Helios.Device;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// A stage that throws when it is told to, before or after what it does in a turn.
/// </summary>
internal sealed class ThrowingStage(IStage stage, Func<bool> throwsBefore, Func<bool> throwsAfter)
    : IStage
{
    /// <summary>Puts one around a guarded stage.</summary>
    internal static void Wrap(GuardedStage guarded, Func<bool> throwsBefore, Func<bool> throwsAfter)
    {
        ref var stage = ref StageOf(guarded);
        stage = new ThrowingStage(stage, throwsBefore, throwsAfter);
    }

    public ulong Turn(ulong uptimeMs)
    {
        Throw(throwsBefore());
        var due = stage.Turn(uptimeMs);
        Throw(throwsAfter());
        return due;
    }

    private static void Throw(bool isDue)
    {
        if (isDue)
        {
            throw new InvalidOperationException("A test said so.");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stage")]
    private static extern ref IStage StageOf(GuardedStage guarded);
}
