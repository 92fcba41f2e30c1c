namespace Helios.Boards.Hardware;

/// <summary>
/// The pins of a board. Wires stay when the board restarts; who uses them does not.
/// </summary>
public sealed class PinBank
{
    private readonly PinWire[] _wires;
    private readonly HashSet<int> _reserved = [];

    /// <param name="count">Pins 0 to count - 1: 40 on an ESP32, 49 on an S3.</param>
    public PinBank(int count) =>
        _wires = [.. Enumerable.Range(0, count).Select(_ => new PinWire())];

    /// <summary>Number of pins.</summary>
    public int Count => _wires.Length;

    /// <summary>What a pin is wired to.</summary>
    public PinWire this[int pin] => _wires[pin];

    /// <summary>True while this boot uses the pin.</summary>
    public bool IsReserved(int pin) => _reserved.Contains(pin);

    /// <summary>
    /// Takes a pin for one use; false if there is none of this number or it is in use.
    /// </summary>
    public bool TryReserve(int pin) => pin >= 0 && pin < Count && _reserved.Add(pin);

    /// <summary>Gives a pin back.</summary>
    public void Release(int pin) => _reserved.Remove(pin);

    /// <summary>A reset of the chip: nobody uses a pin, and no output is driven.</summary>
    public void Reset()
    {
        _reserved.Clear();
        foreach (var wire in _wires)
        {
            wire.Release();
        }
    }
}
