namespace System.Device.Gpio;

/// <summary>The list of open pins that all controllers of a board share.</summary>
internal sealed class OpenPins
{
    private readonly Dictionary<int, GpioPin> _pins = [];
    private readonly Dictionary<int, PinValueChangedEventHandler> _callbacks = [];

    internal void Add(GpioPin pin) => _pins[pin.PinNumber] = pin;

    internal GpioPin Find(int pinNumber) => _pins.TryGetValue(pinNumber, out var pin)
        ? pin
        : throw new InvalidOperationException();

    internal bool Contains(int pinNumber) => _pins.ContainsKey(pinNumber);

    internal void Close(int pinNumber)
    {
        Find(pinNumber).Dispose();
        _pins.Remove(pinNumber);
        _callbacks.Remove(pinNumber);
    }

    internal void CloseAll()
    {
        foreach (var pin in _pins.Values)
        {
            pin.Dispose();
        }
    }

    /// <summary>One callback a pin: a second one takes the place of the first.</summary>
    internal void Register(int pinNumber, PinValueChangedEventHandler callback)
    {
        var pin = Find(pinNumber);
        Unregister(pinNumber);
        _callbacks[pinNumber] = callback;
        pin.ValueChanged += callback;
    }

    internal void Unregister(int pinNumber)
    {
        if (_callbacks.Remove(pinNumber, out var callback))
        {
            Find(pinNumber).ValueChanged -= callback;
        }
    }
}
