namespace Helios.Relay;

/// <summary>What the store did with a reading.</summary>
internal enum AppendOutcome
{
    /// <summary>Written; durable when the transaction around it is committed.</summary>
    Stored,

    /// <summary>The same bytes were stored before.</summary>
    Duplicate,

    /// <summary>Other bytes with this pagination were stored before.</summary>
    Conflicting,
}
