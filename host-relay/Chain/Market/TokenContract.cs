using System.Text;

namespace Helios.Chain;

/// <summary>
/// An ERC-20 of anybody's, asked of one node at its newest block. What it says is believed as far
/// as it can hurt only those who trade for it.
/// </summary>
/// <param name="node">The node to ask.</param>
/// <param name="address">Where it stands.</param>
public sealed class TokenContract(ChainNode node, Address address)
{
    private const int SymbolLengthMax = 11;

    private static readonly byte[] Transfer =
        AbiWriter.HashOf("Transfer(address,address,uint256)");

    /// <summary>Where it stands.</summary>
    public Address Address => address;

    /// <summary>Calldata: lets a spender take up to an amount of the sender's.</summary>
    public static byte[] Approve(Address spender, UInt128 units) =>
        new AbiWriter("approve(address,uint256)").Word(spender).Word(units).ToArray();

    /// <summary>Whether an allowance is for all that there ever is: large numbers are, by
    /// custom.</summary>
    public static bool IsEndless(UInt128 allowance) => allowance > System.UInt128.MaxValue / 2;

    /// <summary>What an account holds; more than 2^128 - 1 counts as that.</summary>
    public Task<UInt128> BalanceOfAsync(Address account, CancellationToken ct) => AmountAsync(
        new AbiWriter("balanceOf(address)").Word(account), ct);

    /// <summary>What a spender may take; more than 2^128 - 1 counts as that.</summary>
    public Task<UInt128> AllowanceAsync(
        Address account, Address spender, CancellationToken ct) => AmountAsync(
        new AbiWriter("allowance(address,address)").Word(account).Word(spender), ct);

    /// <summary>What exists of it; more than 2^128 - 1 counts as that.</summary>
    public Task<UInt128> TotalSupplyAsync(CancellationToken ct) =>
        AmountAsync(new AbiWriter("totalSupply()"), ct);

    /// <summary>What came to an account and what left it, since the chain began.</summary>
    public async Task<(UInt128 In, UInt128 Out)> MovedAsync(
        Address account, CancellationToken ct)
    {
        var last = (await node.LatestBlockAsync(ct)).Number;
        var word = AbiWriter.ToWord(account);
        return (
            await SumAsync([Transfer, null, word], last, ct),
            await SumAsync([Transfer, word], last, ct));
    }

    /// <summary>Decimal places of one whole token; null if it does not say.</summary>
    public async Task<byte?> DecimalsAsync(CancellationToken ct)
    {
        try
        {
            return new AbiReader(await ViewAsync(new AbiWriter("decimals()"), ct)).UInt8();
        }
        catch (Exception failure) when (failure is NodeRefusedException or FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// How it calls itself, as far as that can be printed; its address if it does not say.
    /// </summary>
    public async Task<string> SymbolAsync(CancellationToken ct)
    {
        try
        {
            // Old tokens answer with one word, padded with zeros.
            var answer = await ViewAsync(new AbiWriter("symbol()"), ct);
            var text = answer.Length == Bytes32.Length
                ? answer
                : new AbiReader(answer).OnlyBytes();
            var symbol = string.Concat(Encoding.ASCII.GetString(text)
                .Where(static letter => letter is > ' ' and <= '~' and not '?')
                .Take(SymbolLengthMax));
            return symbol.Length > 0 ? symbol : address.ToString();
        }
        catch (Exception failure) when (failure is NodeRefusedException or FormatException)
        {
            return address.ToString();
        }
    }

    private async Task<UInt128> SumAsync(
        IReadOnlyList<byte[]?> topics, ulong lastBlock, CancellationToken ct)
    {
        var sum = UInt128.Zero;
        await new BlockSpans().WalkAsync(
            0,
            lastBlock,
            (first, last) => node.LogsAsync(address, topics, first, last, ct),
            (logs, _) =>
            {
                foreach (var log in logs)
                {
                    sum += new AbiReader(log.Content).UInt128();
                }

                return Task.CompletedTask;
            });
        return sum;
    }

    private async Task<UInt128> AmountAsync(AbiWriter view, CancellationToken ct) =>
        new AbiReader(await ViewAsync(view, ct)).UInt128AtMost();

    private Task<byte[]> ViewAsync(AbiWriter view, CancellationToken ct) =>
        node.CallAsync(address, view.ToArray(), ct);
}
