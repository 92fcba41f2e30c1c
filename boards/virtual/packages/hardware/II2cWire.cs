namespace Helios.Boards.Hardware;

/// <summary>An I2C bus with what is soldered to it.</summary>
public interface II2cWire
{
    /// <summary>Writes bytes to an address of seven bits.</summary>
    I2cTransfer Write(int address, ReadOnlySpan<byte> bytes, int bitsPerSecond);

    /// <summary>Reads bytes from an address of seven bits.</summary>
    I2cTransfer Read(int address, Span<byte> bytes, int bitsPerSecond);
}
