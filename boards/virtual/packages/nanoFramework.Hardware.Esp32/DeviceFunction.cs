namespace nanoFramework.Hardware.Esp32;

/// <summary>What a pin can be given to.</summary>
public enum DeviceFunction
{
    /// <summary>Data of the first I2C bus.</summary>
    I2C1_DATA = 0x20100,

    /// <summary>Clock of the first I2C bus.</summary>
    I2C1_CLOCK = 0x20101,
}
