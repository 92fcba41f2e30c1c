namespace Helios.Chain;

/// <summary>The head of a block, as far as the relay looks at it.</summary>
/// <param name="Number">Height.</param>
/// <param name="Hash">Which block of that height.</param>
/// <param name="ParentHash">The block before it.</param>
/// <param name="Timestamp">Unix seconds; the time that the power rule knows.</param>
/// <param name="BaseFeePerGasWei">Wei per gas that is burned.</param>
/// <param name="GasLimit">Gas of all its transactions together at most.</param>
public sealed record Block(
    ulong Number,
    string Hash,
    string ParentHash,
    ulong Timestamp,
    UInt128 BaseFeePerGasWei,
    ulong GasLimit);
