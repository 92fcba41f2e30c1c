using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>
/// An I2C bus with one secure element, byte by byte, and what may happen to a byte. It has no time
/// of its own: the owner lets pass what a transfer took.
/// </summary>
/// <param name="element">What is soldered to it.</param>
/// <param name="nowUs">Microseconds of a clock that stands still during a transfer.</param>
public sealed class SimulatedI2cBus(SimulatedElement element, Func<ulong> nowUs) : II2cWire
{
    private const int BitsPerByte = 9; // with its acknowledgement
    private const ulong MasterWaitsUs = 1_000_000; // nf-interpreter 1.17, i2c_master_cmd_begin
    private const ulong StretchUs = 20_000;

    private ulong _tookUs;
    private ulong _byteUs;

    /// <summary>Asked at each byte, addresses too, by their number: what happens to it.</summary>
    public Func<long, WireFault>? FaultAt { get; set; }

    /// <summary>Which bit is flipped by <see cref="WireFault.BitFlipped"/>, 0 to 7.</summary>
    public int FlippedBit { get; set; }

    /// <summary>Bytes so far, addresses too.</summary>
    public long Bytes { get; private set; }

    /// <summary>False once it was taken off.</summary>
    public bool IsPlugged { get; set; } = true;

    /// <inheritdoc/>
    public I2cTransfer Write(int address, ReadOnlySpan<byte> bytes, int bitsPerSecond)
    {
        var outcome = Begin(address, isRead: false, bitsPerSecond);
        for (var i = 0; i < bytes.Length && outcome == I2cOutcome.Done; i++)
        {
            var value = bytes[i];
            outcome = Carry(ref value, () => element.Write(Now(), value));
        }

        return End(outcome);
    }

    /// <inheritdoc/>
    public I2cTransfer Read(int address, Span<byte> bytes, int bitsPerSecond)
    {
        var outcome = Begin(address, isRead: true, bitsPerSecond);
        for (var i = 0; i < bytes.Length && outcome == I2cOutcome.Done; i++)
        {
            // Nobody drives the line of a bus without a chip: it is high.
            var value = IsPlugged ? element.Read(Now()) : (byte)0xFF;
            outcome = Carry(ref value, () => true);
            bytes[i] = value;
        }

        return End(outcome);
    }

    private ulong Now() => nowUs() + _tookUs;

    private I2cOutcome Begin(int address, bool isRead, int bitsPerSecond)
    {
        _tookUs = 0;
        _byteUs = (ulong)(BitsPerByte * 1_000_000 / bitsPerSecond);
        var first = (byte)((address << 1) | (isRead ? 1 : 0));
        if (first == 0)
        {
            // Eight zero bits in a row: a wake pulse if they are slow enough.
            var lowUs = (ulong)(8 * 1_000_000 / bitsPerSecond);
            var isHeard = IsPlugged;
            return Carry(ref first, () =>
            {
                if (isHeard)
                {
                    element.DataLow(Now(), lowUs);
                }

                return false;
            });
        }

        return Carry(ref first, () => IsPlugged && element.Start(Now(), first));
    }

    private I2cTransfer End(I2cOutcome outcome)
    {
        if (IsPlugged)
        {
            element.Stop(Now());
        }

        return new I2cTransfer(outcome, _tookUs);
    }

    private I2cOutcome Carry(ref byte value, Func<bool> receive)
    {
        var fault = FaultAt?.Invoke(Bytes) ?? WireFault.None;
        Bytes++;
        _tookUs += _byteUs;
        switch (fault)
        {
            case WireFault.NotAcknowledged:
                return I2cOutcome.NotAcknowledged;
            case WireFault.BitFlipped:
                value ^= (byte)(1 << FlippedBit);
                break;
            case WireFault.BusReleased:
                value = 0xFF;
                break;
            case WireFault.ClockHeld:
                _tookUs = MasterWaitsUs;
                break;
            case WireFault.ClockStretched:
                _tookUs += StretchUs;
                break;
            case WireFault.Brownout:
                element.LosePower();
                break;
            case WireFault.Watchdog:
                element.FallAsleep();
                break;
            case WireFault.Unplugged:
                element.LosePower();
                IsPlugged = false;
                break;
        }

        if (_tookUs >= MasterWaitsUs)
        {
            _tookUs = MasterWaitsUs;
            return I2cOutcome.Held;
        }

        return receive() ? I2cOutcome.Done : I2cOutcome.NotAcknowledged;
    }
}
