using Helios.Boards.Hardware;

namespace System.Device.Gpio;

/// <summary>
/// A counter of the chip (PCNT) behind a pin, as the driver of nf-interpreter 1.17 behaves: Start
/// clears, a disposed counter's unit is never free again, a single reading may be off by an
/// overflow. A second pin, the other phase of a rotary encoder, is reserved and not counted.
/// </summary>
public sealed class GpioPulseCounter : IDisposable
{
    private const ushort FilterPulsesMax = 1023;

    private readonly BoardHardware _board = BoardHardware.Current;
    private readonly PinWire _wire;
    private readonly int _pinNumberA;
    private readonly int _pinNumberB;
    private GpioPulsePolarity _polarity = GpioPulsePolarity.Falling;
    private ushort _filter;
    private long _stoppedAt;
    private long _pulsesAtStart;
    private bool _isDisposed;

    /// <summary>Takes a unit of the chip, and the pin for it alone.</summary>
    /// <exception cref="ArgumentException">Pin A is negative.</exception>
    /// <exception cref="NotImplementedException">The chip has no PCNT.</exception>
    /// <exception cref="NotSupportedException">
    /// No unit is free, or there is no such pin.
    /// </exception>
    public GpioPulseCounter(int pinNumberA, int pinNumberB = -1)
    {
        if (pinNumberA < 0)
        {
            throw new ArgumentException();
        }

        if (!_board.HasPulseUnits)
        {
            throw new NotImplementedException();
        }

        if (_board.PulseUnitsFree == 0 || pinNumberA >= _board.Pins.Count)
        {
            throw new NotSupportedException();
        }

        _board.PulseUnitsFree--;
        _pinNumberA = pinNumberA;
        _pinNumberB = pinNumberB;
        _wire = _board.Pins[pinNumberA];
        _board.Pins.TryReserve(pinNumberA);
        _board.Pins.TryReserve(pinNumberB);
    }

    /// <summary>True between Start and Stop.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Which edges are counted.</summary>
    /// <exception cref="InvalidOperationException">It was set while started.</exception>
    public GpioPulsePolarity Polarity
    {
        get => _polarity;
        set
        {
            RequireStarted(false);
            _polarity = value;
        }
    }

    /// <summary>
    /// Nanoseconds, whatever the package's documentation says, so without effect on S0 pulses.
    /// </summary>
    /// <exception cref="ArgumentException">It is above 1023.</exception>
    public ushort FilterPulses
    {
        get => _filter;
        set => _filter = value <= FilterPulsesMax ? value : throw new ArgumentException();
    }

    /// <summary>Edges since Start. Works before Start too, and after Stop.</summary>
    public GpioPulseCount Read()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var error = _wire.NextReadError;
        _wire.NextReadError = 0;
        return new GpioPulseCount
        {
            Count = Edges() + error,
            RelativeTime = TimeSpan.FromMilliseconds(_board.Time.UptimeMs),
        };
    }

    /// <summary>The reading before the counter was cleared.</summary>
    public GpioPulseCount Reset()
    {
        var count = Read();
        _pulsesAtStart = _wire.Pulses?.Pulses ?? 0;
        _stoppedAt = _pulsesAtStart;
        return count;
    }

    /// <summary>Counts from 0.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RequireStarted(false);
        IsStarted = true;
        _pulsesAtStart = _wire.Pulses?.Pulses ?? 0;
    }

    /// <summary>Holds the count, until Start clears it.</summary>
    public void Stop()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        RequireStarted(true);
        _stoppedAt = _wire.Pulses?.Pulses ?? 0;
        IsStarted = false;
    }

    /// <summary>Gives the pins back; the unit is lost until the next boot.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _board.Pins.Release(_pinNumberA);
            _board.Pins.Release(_pinNumberB);
        }
    }

    // The wire outlives this boot, so a counter starts from what came before it.
    private long Edges()
    {
        var pulses = (IsStarted ? _wire.Pulses?.Pulses ?? 0 : _stoppedAt) - _pulsesAtStart;
        return _polarity == GpioPulsePolarity.Both ? pulses * 2 : pulses;
    }

    private void RequireStarted(bool isStarted)
    {
        if (IsStarted != isStarted)
        {
            throw new InvalidOperationException();
        }
    }
}
