namespace System.Device.Gpio;

/// <summary>Which edges are counted.</summary>
public enum GpioPulsePolarity
{
    /// <summary>Both.</summary>
    Both,

    /// <summary>From high to low.</summary>
    Falling,

    /// <summary>From low to high.</summary>
    Rising,
}
