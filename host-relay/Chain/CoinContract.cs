namespace Helios.Chain;

/// <summary>The views of one HeliosCoin, asked of one node at its newest block.</summary>
/// <param name="node">The node to ask.</param>
/// <param name="address">Where the coin stands.</param>
public sealed class CoinContract(ChainNode node, Address address)
{
    /// <summary>Units of 10^-18 coin in one coin.</summary>
    public const ulong UnitsPerCoin = 1_000_000_000_000_000_000;

    /// <summary>What an account holds, in units of 10^-18 coin.</summary>
    public async Task<UInt128> BalanceOfAsync(Address account, CancellationToken ct) =>
        ToUnits(await node.CallAsync(
            address, new AbiWriter("balanceOf(address)").Word(account).ToArray(), ct));

    /// <summary>The same of many accounts, in one request, in the order given.</summary>
    public async Task<IReadOnlyList<UInt128>> BalancesOfAsync(
        IReadOnlyList<Address> accounts, CancellationToken ct)
    {
        var views = accounts
            .Select(account =>
                (address, new AbiWriter("balanceOf(address)").Word(account).ToArray()))
            .ToArray();
        var answers = await node.CallManyAsync(views, ct);
        return [.. answers.Select(static answer => ToUnits(answer.Returned))];
    }

    /// <summary>Coins in existence, in units of 10^-18 coin.</summary>
    public async Task<UInt128> TotalSupplyAsync(CancellationToken ct) =>
        ToUnits(await node.CallAsync(address, new AbiWriter("totalSupply()").ToArray(), ct));

    /// <summary>Coins ever burned, in units of 10^-18 coin.</summary>
    public async Task<UInt128> BurnedAsync(CancellationToken ct) =>
        ToUnits(await node.CallAsync(address, new AbiWriter("burned()").ToArray(), ct));

    private static UInt128 ToUnits(byte[] answer) => new AbiReader(answer).UInt128();
}
