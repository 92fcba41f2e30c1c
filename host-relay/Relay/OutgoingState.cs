namespace Helios.Relay;

/// <summary>Where a signed transaction is on its way; the numbers are stored.</summary>
internal enum OutgoingState
{
    /// <summary>Committed here, broadcast or about to be.</summary>
    Sent = 0,

    /// <summary>A block contains it.</summary>
    Mined = 1,

    /// <summary>Another transaction took its nonce: it can never be mined.</summary>
    Lost = 2,
}
