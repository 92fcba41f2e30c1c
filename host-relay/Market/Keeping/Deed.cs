using Helios.Chain;

namespace Helios.Trading;

/// <summary>One transaction of a keeper.</summary>
/// <param name="What">What it does, for people.</param>
/// <param name="Calldata">To the energy market.</param>
/// <param name="OnDone">Says what it came to.</param>
/// <param name="GasLimit">Gas that is enough, if that is known; null: the node is asked.</param>
internal sealed record Deed(
    string What, byte[] Calldata, Action<Receipt> OnDone, ulong? GasLimit = null);
