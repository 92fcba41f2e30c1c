using Helios.Boards.Hardware;

namespace System.Device.I2c;

/// <summary>
/// A chip on the first bus, as the driver of nf-interpreter 1.17 behaves on an ESP32: a transfer
/// stops every thread; a byte that is not acknowledged, the address or any other, is told as an
/// address; a bus that is held, as stretched for too long, after a second; the speed of a bus is
/// that of the device that was made last.
/// </summary>
public class I2cDevice : IDisposable
{
    private const int Data = 0x20100;
    private const int Clock = 0x20101;

    private readonly BoardHardware _board = BoardHardware.Current;
    private bool _isDisposed;

    /// <exception cref="ArgumentException">There is no such bus.</exception>
    /// <exception cref="InvalidOperationException">A pin of the bus is in use.</exception>
    public I2cDevice(I2cConnectionSettings settings)
    {
        if (settings.BusId is < 1 or > 2)
        {
            throw new ArgumentException();
        }

        if (IsBusy(Data) || IsBusy(Clock))
        {
            throw new InvalidOperationException();
        }

        ConnectionSettings = settings;
        _board.Static(() => new BusSpeed()).BitsPerSecond = settings.BusSpeed switch
        {
            I2cBusSpeed.FastModePlus => 1_000_000,
            I2cBusSpeed.FastMode => 400_000,
            _ => 100_000,
        };
    }

    public I2cConnectionSettings ConnectionSettings { get; }

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public I2cTransferResult Read(SpanByte buffer)
    {
        var read = new byte[buffer.Length];
        var result = Transfer(wire => wire.Read(Address, read, Speed), read.Length);
        if (result.Status == I2cTransferStatus.FullTransfer)
        {
            read.CopyTo(buffer.AsSpan());
        }

        return result;
    }

    public I2cTransferResult Write(SpanByte buffer)
    {
        var written = buffer.ToArray();
        return Transfer(wire => wire.Write(Address, written, Speed), written.Length);
    }

    public void Dispose()
    {
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    private int Address => ConnectionSettings.DeviceAddress;

    private int Speed => _board.Static(() => new BusSpeed()).BitsPerSecond;

    private bool IsWired =>
        ConnectionSettings.BusId == 1
        && _board.PinFunctions.ContainsKey(Data)
        && _board.PinFunctions.ContainsKey(Clock);

    private bool IsBusy(int function) =>
        _board.PinFunctions.TryGetValue(function, out var pin) && _board.Pins.IsReserved(pin);

    private I2cTransferResult Transfer(Func<II2cWire, I2cTransfer> transfer, int length)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!IsWired || _board.I2c is not { } wire || !_board.IsRunning)
        {
            return new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0);
        }

        var done = transfer(wire);
        _board.Time.Freeze((done.TookUs + 999) / 1000);
        return done.Outcome switch
        {
            I2cOutcome.Done => new I2cTransferResult(
                I2cTransferStatus.FullTransfer, (uint)length),
            I2cOutcome.NotAcknowledged => new I2cTransferResult(
                I2cTransferStatus.SlaveAddressNotAcknowledged, 0),
            _ => new I2cTransferResult(I2cTransferStatus.ClockStretchTimeout, 0),
        };
    }

    private sealed class BusSpeed
    {
        public int BitsPerSecond { get; set; }
    }
}
