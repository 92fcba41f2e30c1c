namespace Helios.Relay;

/// <summary>
/// Where a stored reading is on its way. Changed in <see cref="ReadingStates"/> alone; the numbers
/// are stored.
/// </summary>
internal enum ReadingState
{
    /// <summary>Stored, and not in a transaction.</summary>
    Pending = 0,

    /// <summary>In a signed transaction that no block contains yet.</summary>
    Submitted = 1,

    /// <summary>The ledger counted it.</summary>
    Accepted = 2,

    /// <summary>The ledger will never count it; the reason is stored beside.</summary>
    Skipped = 3,

    /// <summary>
    /// A newer reading of the meter was accepted and says all that this one did.
    /// </summary>
    Superseded = 4,
}
