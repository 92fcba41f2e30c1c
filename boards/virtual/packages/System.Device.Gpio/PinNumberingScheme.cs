namespace System.Device.Gpio;

/// <summary>How pins are numbered.</summary>
public enum PinNumberingScheme
{
    /// <summary>As the chip's data sheet does.</summary>
    Logical,

    /// <summary>As the board's connector does.</summary>
    Board,
}
