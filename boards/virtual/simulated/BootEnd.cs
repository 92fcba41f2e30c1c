namespace Helios.Boards.Simulated;

/// <summary>What ended a boot.</summary>
public enum BootEnd
{
    /// <summary>The power is gone.</summary>
    PowerLost,

    /// <summary>The chip was reset: watchdog, brown-out, button.</summary>
    Reset,

    /// <summary>The program restarted it.</summary>
    Program,
}
