namespace Helios.Tests.Contracts.Clearing;

/// <summary>What sort of book is drawn.</summary>
public enum BookKind
{
    /// <summary>Limits anywhere on the grid.</summary>
    Scattered,

    /// <summary>Limits within a few ticks of one another, as in a real market.</summary>
    Close,

    /// <summary>Few limits and few sizes, so that many ticks are equally good.</summary>
    Tied,

    /// <summary>As much is asked as is bid for, one tick apart or at one.</summary>
    Balanced,

    /// <summary>Demand in surplus at one tick, and supply, by as much, at the next.</summary>
    Mirrored,

    /// <summary>Bids alone, asks alone, or nothing.</summary>
    OneSided,

    /// <summary>Every bid below every ask.</summary>
    Apart,

    /// <summary>Limits at the ends of the grid.</summary>
    Ends,

    /// <summary>Levels that are filled to the last lot that they hold.</summary>
    Huge,

    /// <summary>A flood of single lots around a few large orders.</summary>
    Flood,
}
