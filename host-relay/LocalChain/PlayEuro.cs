using Helios.Chain;

namespace Helios.LocalChain;

/// <summary>The money of development chains, of which anyone issues as much as he likes.</summary>
public static class PlayEuro
{
    /// <summary>Smallest units of one.</summary>
    public const ulong Units = 1_000_000;

    /// <summary>Calldata to its contract: issues so many units to an account.</summary>
    public static byte[] Issue(Address to, UInt128 units) =>
        new AbiWriter("issue(address,uint256)").Word(to).Word(units).ToArray();
}
