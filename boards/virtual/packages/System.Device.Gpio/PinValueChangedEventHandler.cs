namespace System.Device.Gpio;

/// <summary>Hears of an edge through a pin.</summary>
public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);
