namespace Helios.Boards.Simulated;

/// <summary>What goes wrong on the bus at one byte.</summary>
public enum WireFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The byte, or the address, is not acknowledged; the master stops.</summary>
    NotAcknowledged,

    /// <summary>Noise: one bit arrives as the other.</summary>
    BitFlipped,

    /// <summary>Noise: the byte arrives as 0xFF, the lines having been let go.</summary>
    BusReleased,

    /// <summary>The clock is held until the master gives up; then it is free again.</summary>
    ClockHeld,

    /// <summary>The clock is stretched, for less than the master waits.</summary>
    ClockStretched,

    /// <summary>The chip loses its supply for a moment.</summary>
    Brownout,

    /// <summary>The chip's watchdog sends it to sleep.</summary>
    Watchdog,

    /// <summary>The chip is taken off the bus, for good.</summary>
    Unplugged,
}
