using Helios.Boards.Hardware;

namespace System.Device.Gpio;

/// <summary>A pin that was opened. Its edges are told in steps of the board's own time.</summary>
public sealed class GpioPin : IDisposable
{
    private readonly BoardHardware _board;
    private readonly PinWire _wire;
    private PinValueChangedEventHandler? _valueChanged;
    private PinMode _mode = PinMode.Input;
    private bool _isDisposed;

    internal GpioPin(BoardHardware board, int pinNumber)
    {
        _board = board;
        PinNumber = pinNumber;
        _wire = board.Pins[pinNumber];
        _wire.Changed += OnLevelChanged;
        board.Stopped += () => _wire.Changed -= OnLevelChanged;
    }

    /// <summary>An edge, unless it reversed before the board came to it.</summary>
    public event PinValueChangedEventHandler ValueChanged
    {
        add
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _valueChanged += value;
        }

        remove
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _valueChanged -= value;
        }
    }

    /// <summary>Kept, and without effect here: a simulated level does not bounce.</summary>
    public TimeSpan DebounceTimeout { get; set; }

    /// <summary>Its number.</summary>
    public int PinNumber { get; }

    internal bool IsOutput => _mode >= PinMode.Output;

    /// <summary>What it is.</summary>
    public PinMode GetPinMode()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _mode;
    }

    /// <summary>True for every mode, as the ESP32 says even of pads that have no pull.</summary>
    public bool IsPinModeSupported(PinMode pinMode)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return pinMode is >= PinMode.Input and <= PinMode.OutputOpenSourcePullDown;
    }

    /// <summary>Makes it an input or an output.</summary>
    public void SetPinMode(PinMode value)
    {
        if (!IsPinModeSupported(value))
        {
            throw new ArgumentException();
        }

        _mode = value;
        if (!IsOutput && _board.IsRunning)
        {
            _wire.Release();
        }
    }

    /// <summary>The level of the wire.</summary>
    public PinValue Read()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _wire.IsHigh;
    }

    /// <summary>Drives the wire; an input throws.</summary>
    public void Write(PinValue value)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!IsOutput)
        {
            throw new ArgumentException();
        }

        if (_board.IsRunning)
        {
            _wire.Drive((bool)value);
        }
    }

    /// <summary>Drives the other level.</summary>
    public void Toggle() => Write(!(bool)Read());

    /// <summary>Gives the pin back.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _wire.Changed -= OnLevelChanged;
        if (_board.IsRunning)
        {
            _wire.Release();
            _board.Pins.Release(PinNumber);
        }
    }

    private void OnLevelChanged(bool isHigh)
    {
        if (_valueChanged is not null)
        {
            _board.Time.CallAt(_board.Time.UptimeMs, () => Tell(isHigh));
        }
    }

    private void Tell(bool isHigh)
    {
        if (!_isDisposed && _wire.IsHigh == isHigh)
        {
            _valueChanged?.Invoke(
                this,
                new PinValueChangedEventArgs(
                    isHigh ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber));
        }
    }
}
