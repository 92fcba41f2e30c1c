using Helios.Boards.Hardware;

namespace System.Device.Gpio;

/// <summary>Opens the pins of the board on which it is made.</summary>
public sealed class GpioController : IDisposable
{
    private readonly BoardHardware _board = BoardHardware.Current;
    private bool _isDisposed;

    /// <summary>A controller of the chip's own numbers.</summary>
    public GpioController()
        : this(PinNumberingScheme.Logical)
    {
    }

    /// <summary>A controller; the scheme is only remembered.</summary>
    public GpioController(PinNumberingScheme numberingScheme) => NumberingScheme = numberingScheme;

    /// <summary>The scheme that it was made with.</summary>
    public PinNumberingScheme NumberingScheme { get; internal set; }

    /// <summary>Pins of the chip.</summary>
    public int PinCount => _board.Pins.Count;

    private OpenPins Open => _board.Static(() => new OpenPins());

    /// <summary>Opens a pin as an input.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no such pin, or it is in use.
    /// </exception>
    public GpioPin OpenPin(int pinNumber)
    {
        if (!_board.Pins.TryReserve(pinNumber))
        {
            throw new InvalidOperationException();
        }

        var pin = new GpioPin(_board, pinNumber);
        Open.Add(pin);
        return pin;
    }

    /// <summary>Opens a pin in a mode.</summary>
    /// <exception cref="InvalidOperationException">
    /// There is no such pin, or it is in use.
    /// </exception>
    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        var pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    /// <summary>Closes a pin.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public void ClosePin(int pinNumber) => Open.Close(pinNumber);

    /// <summary>Closes every pin, those of other controllers too.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Open.CloseAll();
        }
    }

    /// <summary>The mode of an open pin.</summary>
    public PinMode GetPinMode(int pinNumber) => Open.Find(pinNumber).GetPinMode();

    /// <summary>True for every pin and mode of the chip.</summary>
    public bool IsPinModeSupported(int pinNumber, PinMode mode) =>
        pinNumber >= 0 && pinNumber < PinCount
        && mode is >= PinMode.Input and <= PinMode.OutputOpenSourcePullDown;

    /// <summary>True if the pin is open.</summary>
    public bool IsPinOpen(int pinNumber) => Open.Contains(pinNumber);

    /// <summary>The level of an open pin.</summary>
    public PinValue Read(int pinNumber) => Open.Find(pinNumber).Read();

    /// <summary>Tells of edges; one callback a pin, the last one given.</summary>
    public void RegisterCallbackForPinValueChangedEvent(
        int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        Open.Register(pinNumber, (_, e) =>
        {
            if ((eventTypes & e.ChangeType) != PinEventTypes.None)
            {
                callback(this, e);
            }
        });

    /// <summary>Makes an open pin an input or an output.</summary>
    public void SetPinMode(int pinNumber, PinMode mode) => Open.Find(pinNumber).SetPinMode(mode);

    /// <summary>Tells of edges no longer, whichever callback it was.</summary>
    public void UnregisterCallbackForPinValueChangedEvent(
        int pinNumber, PinChangeEventHandler callback)
    {
        if (Open.Contains(pinNumber))
        {
            Open.Unregister(pinNumber);
        }
    }

    /// <summary>Drives an open pin.</summary>
    public void Write(int pinNumber, PinValue value) => Open.Find(pinNumber).Write(value);
}
