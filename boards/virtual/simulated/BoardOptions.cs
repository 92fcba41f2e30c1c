namespace Helios.Boards.Simulated;

/// <summary>What a simulated board is made of.</summary>
public sealed record BoardOptions
{
    /// <summary>The time of day when the simulation begins.</summary>
    public DateTimeOffset StartsAt { get; init; } = DateTimeOffset.UnixEpoch.AddYears(56);

    /// <summary>Of every random byte and loss; null takes true random bytes for keys.</summary>
    public int? Seed { get; init; } = 1;

    /// <summary>
    /// From reset to the first line of the program, ms: boot loader and interpreter.
    /// </summary>
    public ulong BootMs { get; init; } = 1500;

    /// <summary>
    /// The watchdog resets a board that did not feed it for so long, ms; the default is the
    /// shortest of boards/README.md.
    /// </summary>
    public ulong WatchdogMs { get; init; } = 174_600;

    /// <summary>
    /// The contactor is held for so long after a rising edge, ms: 790 to 1,880 by boards/README.md.
    /// </summary>
    public ulong CoilHoldMs { get; init; } = 790;

    /// <summary>
    /// From the coil to the contacts, either way, ms; the default is that of boards/README.md.
    /// </summary>
    public ulong ContactorLagMs { get; init; } = 20;

    /// <summary>For so long the contacts bounce when they close, ms.</summary>
    public ulong ContactorBounceMs { get; init; } = 5;

    /// <summary>Pulse counters of the chip.</summary>
    public int PulseUnits { get; init; } = 8;

    /// <summary>The secure element on its bus, with what it keeps; null is none.</summary>
    public ElementMemory? Element { get; init; }

    /// <summary>TCP port of a real broker on this computer; null is a simulated one.</summary>
    public int? BrokerPort { get; init; }

    /// <summary>
    /// How long a real broker may take to answer CONNECT; as long as the package waits.
    /// </summary>
    public TimeSpan BrokerAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Told from any thread when a real broker answered a board that stood still.
    /// </summary>
    public Action? Answered { get; init; }
}
