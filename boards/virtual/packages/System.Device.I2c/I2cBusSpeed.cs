namespace System.Device.I2c;

/// <summary>Bits a second of a bus.</summary>
public enum I2cBusSpeed
{
    /// <summary>100,000.</summary>
    StandardMode,

    /// <summary>400,000.</summary>
    FastMode,

    /// <summary>1,000,000.</summary>
    FastModePlus,
}
