using Helios.Boards.Hardware;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which pin does what.</summary>
public class Configuration
{
    /// <summary>Gives a pin to a function.</summary>
    public static void SetPinFunction(int pin, DeviceFunction value) =>
        BoardHardware.Current.PinFunctions[(int)value] = pin;

    /// <summary>The pin of a function; -1 without one.</summary>
    public static int GetFunctionPin(DeviceFunction function) =>
        BoardHardware.Current.PinFunctions.TryGetValue((int)function, out var pin) ? pin : -1;
}
