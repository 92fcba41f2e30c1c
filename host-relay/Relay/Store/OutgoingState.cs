namespace Helios.Relay;

/// <summary>Where a signed transaction is on its way; the numbers are stored.</summary>
internal enum OutgoingState
{
    /// <summary>Committed here, broadcast or about to be.</summary>
    Sent = 0,

    /// <summary>A block contains it.</summary>
    Mined = 1,

    /// <summary>It can never be mined: its nonce is another's, or out of reach.</summary>
    Lost = 2,

    /// <summary>A finalized block contains it; its bytes are not needed any more.</summary>
    Final = 3,
}
