namespace System.Device.Gpio;

/// <summary>A reading of a pulse counter.</summary>
public struct GpioPulseCount
{
    /// <summary>Edges since Start.</summary>
    public long Count;

    /// <summary>Time since boot.</summary>
    public TimeSpan RelativeTime;
}
