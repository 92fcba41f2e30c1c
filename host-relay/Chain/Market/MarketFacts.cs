namespace Helios.Chain;

/// <summary>What is traded for what, and in which steps; for good.</summary>
/// <param name="Id">keccak-256 of the three facts.</param>
/// <param name="Token">What is paid with; zero: the chain's own coin.</param>
/// <param name="LotWh">Energy of a lot, Wh, above 0.</param>
/// <param name="UnitsPerTick">Smallest units of the token that a lot costs for each tick of its
/// price, above 0.</param>
public sealed record MarketFacts(Bytes32 Id, Address Token, uint LotWh, ulong UnitsPerTick)
{
    /// <summary>The highest price, in ticks; the lowest is 1.</summary>
    public const ushort TicksMax = 1024;

    /// <summary>The most lots of an order or offer: the contract has 48 bits.</summary>
    public const ulong LotsMax = (1UL << 48) - 1;

    /// <summary>Whether the chain's own coin is what is paid with.</summary>
    public bool IsOwnCoin => Token.IsZero;

    /// <summary>The identifier that a market with these facts has.</summary>
    public Bytes32 ToId() => new(Keccak256.Of(
    [
        .. AbiWriter.ToWord(Token), .. AbiWriter.ToWord(LotWh),
        .. AbiWriter.ToWord(UnitsPerTick),
    ]));

    /// <summary>What lots cost, in smallest units of the token: exact.</summary>
    /// <param name="lots">At most <see cref="LotsMax"/>.</param>
    /// <param name="ticks">At most <see cref="TicksMax"/>.</param>
    public UInt128 MoneyOf(ulong lots, ushort ticks) => (UInt128)lots * ticks * UnitsPerTick;
}
