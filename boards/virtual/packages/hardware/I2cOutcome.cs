namespace Helios.Boards.Hardware;

/// <summary>How a transfer on an I2C bus ended.</summary>
public enum I2cOutcome
{
    /// <summary>Every byte was transferred.</summary>
    Done,

    /// <summary>Nobody acknowledged the address, or a byte.</summary>
    NotAcknowledged,

    /// <summary>A line was held until the master gave up.</summary>
    Held,
}
