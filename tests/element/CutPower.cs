namespace Helios.Tests.Element;

/// <summary>
/// When power goes: after a number of bytes, those that are written to flash and those on the bus
/// counted together.
/// </summary>
internal sealed class CutPower
{
    public long Steps { get; private set; }

    public long CutAt { get; set; } = long.MaxValue;

    public bool IsOff { get; private set; }

    /// <summary>One byte; false if the power is gone before it.</summary>
    public bool TryStep()
    {
        IsOff |= Steps >= CutAt;
        Steps += IsOff ? 0 : 1;
        return !IsOff;
    }

    public void Restore()
    {
        IsOff = false;
        CutAt = long.MaxValue;
    }
}
