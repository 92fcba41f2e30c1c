namespace System.Device.Gpio;

/// <summary>An edge; it carries no time.</summary>
/// <param name="changeType">Rising or falling.</param>
/// <param name="pinNumber">On which pin.</param>
public class PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber)
{
    /// <summary>Rising or falling.</summary>
    public PinEventTypes ChangeType { get; } = changeType;

    /// <summary>On which pin.</summary>
    public int PinNumber { get; } = pinNumber;
}
