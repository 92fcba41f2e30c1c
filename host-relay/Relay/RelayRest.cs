namespace Helios.Relay;

/// <summary>Why a relay that has nothing left to do by itself rests.</summary>
public enum RelayRest
{
    /// <summary>
    /// Nothing queued, nothing due that may be signed, every transaction in a block.
    /// </summary>
    Idle,

    /// <summary>A transaction waits for the next block.</summary>
    AwaitsBlock,
}
