using Helios.Chain;

namespace Helios.Trading;

/// <summary>Clears auctions that have ended and have orders.</summary>
internal static class ClearCommand
{
    /// <param name="options">Which market, and who pays the gas.</param>
    /// <param name="period">Which auction; null: every one that is due.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, uint? period, TextWriter output, CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var account = session.AccountOf(output);
        var due = period is { } one
            ? [await WithOrdersAsync(session, one, ct)]
            : await DueAsync(session, options, ct);
        if (due.Count == 0)
        {
            output.WriteLine("No auction that has ended waits to be cleared.");
        }

        foreach (var auction in due)
        {
            await ClearAsync(session, account, auction, output, ct);
        }

        return 0;
    }

    // An auction without orders takes millions of gas too, and nobody is the better for it.
    private static async Task<uint> WithOrdersAsync(
        MarketSession session, uint period, CancellationToken ct)
    {
        var (market, contract) = (session.Market.Id, session.Contract);
        return (await contract.BookOfAsync(market, period, ct))
                .Any(static level => level.Bids + level.Asks > 0)
            || (await contract.AuctionsOfAsync(market, [period], ct))[0].IsCleared
                ? period
                : throw new BadInputException(
                    $"Auction {period} has no orders: there is nothing to clear.");
    }

    private static async Task<IReadOnlyList<uint>> DueAsync(
        MarketSession session, MarketOptions options, CancellationToken ct)
    {
        var book = new OpenOrders(session, options.FromBlock, lotsMin: 1);
        await book.RefreshAsync(session.Head, ct);
        return await book.UnclearedAsync(session.Head, ct);
    }

    private static async Task ClearAsync(
        MarketSession session, MarketAccount account, uint period, TextWriter output,
        CancellationToken ct)
    {
        var market = session.Market.Id;
        Auction auction;
        while (!(auction = (await session.Contract.AuctionsOfAsync(market, [period], ct))[0])
            .IsCleared)
        {
            var receipt = await account.SendAsync(
                MarketCalls.Clear(market, period, Clearing.LevelsPerStep), ct);
            output.WriteLine($"Walked on through auction {period}; {receipt.GasUsed} gas.");
        }

        output.WriteLine(
            $"Auction {period} is cleared: {Clearing.ResultOf(session, auction)}.");
    }
}
