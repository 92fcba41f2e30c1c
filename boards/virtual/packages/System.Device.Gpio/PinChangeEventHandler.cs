namespace System.Device.Gpio;

/// <summary>Hears of an edge through a controller.</summary>
public delegate void PinChangeEventHandler(
    object sender, PinValueChangedEventArgs pinValueChangedEventArgs);
