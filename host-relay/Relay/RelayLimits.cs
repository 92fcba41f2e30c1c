namespace Helios.Relay;

/// <summary>
/// How much one connection and one meter may send. A connection's limit holds before a signature is
/// looked at, so that a stranger costs little; a meter's holds after, so that nobody can use it up
/// for another. What is above a limit is not acknowledged, and is sent again.
/// </summary>
public sealed record RelayLimits
{
    /// <summary>Nothing is limited: for a simulation whose time runs faster.</summary>
    public static RelayLimits None { get; } = new()
    {
        MessagesPerConnectionPerS = 0,
        ReadingsPerMeterPerS = 0,
    };

    /// <summary>
    /// Messages a second of one connection to the relay's own broker; 0 means any number.
    /// </summary>
    public int MessagesPerConnectionPerS { get; init; } = 50;

    /// <summary>
    /// New readings a second of one meter, and as many repetitions; 0 means any number.
    /// </summary>
    public int ReadingsPerMeterPerS { get; init; } = 10;

    /// <summary>So many seconds' worth may come at once, after a pause.</summary>
    public int BurstS { get; init; } = 20;

    /// <summary>Connections to the relay's own broker at most.</summary>
    public int ConnectionsMax { get; init; } = 10_000;
}
