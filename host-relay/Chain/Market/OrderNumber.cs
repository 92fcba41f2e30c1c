namespace Helios.Chain;

/// <summary>
/// Names an order within its market by where it stands: the bits of the contract's OrderNumber.
/// </summary>
/// <param name="Value">104 bits.</param>
public readonly record struct OrderNumber(UInt128 Value)
{
    /// <summary>The auction that it is in.</summary>
    public uint Period => (uint)(Value >> 72);

    /// <summary>A bid, not an ask.</summary>
    public bool IsBid => (byte)(Value >> 64) != 0;

    /// <summary>Its limit, 1 to 1024.</summary>
    public ushort Ticks => (ushort)(Value >> 48);

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
