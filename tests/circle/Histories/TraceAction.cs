namespace Helios.Tests.Circle.Histories;

/// <summary>What happens in one step of a history; the numbers are those of the replay.</summary>
internal enum TraceAction : byte
{
    /// <summary>The owner sends coins to Redemptions.</summary>
    Redeem = 0,

    /// <summary>Anybody submits a reading.</summary>
    Record = 1,

    /// <summary>Anybody settles.</summary>
    Settle = 2,

    /// <summary>The enroller suspends the meter.</summary>
    Suspend = 3,

    /// <summary>The enroller resumes it.</summary>
    Resume = 4,

    /// <summary>The chain goes back to before an earlier step.</summary>
    Reorganise = 5,

    /// <summary>Somebody hands two readings in as a proof of a clone.</summary>
    ProveClone = 6,

    /// <summary>The enroller revokes the meter.</summary>
    Revoke = 7,

    /// <summary>Owner and enroller agree on where a dead meter ended.</summary>
    End = 8,
}
