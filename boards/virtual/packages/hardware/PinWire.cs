namespace Helios.Boards.Hardware;

/// <summary>One wire between a pin and the world outside.</summary>
public sealed class PinWire
{
    private bool _isDriven;
    private bool _drivenHigh;

    /// <summary>
    /// The level that the world outside gives; what the wire has while no output drives it.
    /// </summary>
    public bool IsHighOutside { get; private set; }

    /// <summary>The level of the wire.</summary>
    public bool IsHigh => _isDriven ? _drivenHigh : IsHighOutside;

    /// <summary>The pulses that come in on it, if it is a pulse line.</summary>
    public IPulseSource? Pulses { get; set; }

    /// <summary>
    /// Added to the next reading of a pulse counter on this wire, then gone: the overflow race of
    /// the ESP32 makes it 32,767 or -32,767.
    /// </summary>
    public long NextReadError { get; set; }

    /// <summary>Raised at every change of level, whoever made it, with the new level.</summary>
    public event Action<bool>? Changed;

    /// <summary>The world outside sets its level.</summary>
    public void SetOutside(bool isHigh) => Change(() => IsHighOutside = isHigh);

    /// <summary>The board drives the wire.</summary>
    public void Drive(bool isHigh) => Change(() =>
    {
        _isDriven = true;
        _drivenHigh = isHigh;
    });

    /// <summary>The board drives it no longer.</summary>
    public void Release() => Change(() => _isDriven = false);

    private void Change(Action change)
    {
        var before = IsHigh;
        change();
        if (IsHigh != before)
        {
            Changed?.Invoke(IsHigh);
        }
    }
}
