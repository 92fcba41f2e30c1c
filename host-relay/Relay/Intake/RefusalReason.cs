namespace Helios.Relay;

/// <summary>Why a message was not stored. Nobody is told but the figures and the log.</summary>
public enum RefusalReason
{
    /// <summary>The topic names no meter in 40 lower-case hex digits.</summary>
    WrongTopic,

    /// <summary>Neither 99 bytes nor 163.</summary>
    WrongLength,

    /// <summary>The bytes are as many, but a field is outside its range.</summary>
    Malformed,

    /// <summary>
    /// Not signed by the meter that the topic names: forged, altered, or signed for another chain
    /// or another ledger.
    /// </summary>
    WrongSigner,

    /// <summary>The ledger does not know the meter (yet).</summary>
    NotEnrolled,

    /// <summary>
    /// The node could not be asked whether the meter is enrolled; it sends again.
    /// </summary>
    NodeUnreachable,

    /// <summary>
    /// Another reading with the same pagination is stored: the meter's key has a twin.
    /// </summary>
    Conflicting,

    /// <summary>More came than can be stored; it sends again.</summary>
    QueueFull,

    /// <summary>The connection sends more than one may; it sends again.</summary>
    ConnectionLimit,

    /// <summary>The meter signs more than one may; it sends again.</summary>
    MeterLimit,

    /// <summary>The database cannot take it now; it sends again.</summary>
    StoreUnavailable,
}
