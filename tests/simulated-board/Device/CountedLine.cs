using Helios.Boards.Hardware;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// One register of a meter, kept by hand from outside: what its pulse line made since the boot, up
/// to the last turn of the counting stage, which feeds the watchdog in that turn.
/// </summary>
internal sealed class CountedLine(IPulseSource source)
{
    private long _atBoot;
    private long _atFeed;

    /// <summary>What the register was in the journal when this boot began.</summary>
    internal ulong Stored { get; private set; }

    /// <summary>What the boot must have counted.</summary>
    internal ulong Counted => (ulong)(_atFeed - _atBoot);

    /// <summary>What the register must be once the journal is open.</summary>
    internal ulong Expected => Stored + Counted;

    /// <summary>Most pulses between two turns of the counting stage, in any boot.</summary>
    internal ulong LargestStep { get; private set; }

    /// <summary>Pulses since the last turn of the counting stage.</summary>
    internal long Pending => source.Pulses - _atFeed;

    internal void Boot(ulong stored)
    {
        Stored = stored;
        _atBoot = source.Pulses;
        _atFeed = _atBoot;
    }

    internal void Feed()
    {
        var pulses = source.Pulses;
        LargestStep = Math.Max(LargestStep, (ulong)(pulses - _atFeed));
        _atFeed = pulses;
    }
}
