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
        var due = period is { } one ? [one] : await DueAsync(session, options, ct);
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
