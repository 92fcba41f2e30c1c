using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// Settles the account's own orders of cleared auctions and pays all that is credited to it.
/// </summary>
internal static class WithdrawCommand
{
    /// <param name="options">Where, and whose.</param>
    /// <param name="to">Who gets it; null: the account itself.</param>
    /// <param name="isCoinsOnly">Leaves the money, should the token refuse to move.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, string? to, bool isCoinsOnly, TextWriter output,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var account = session.AccountOf(output);
        var recipient = to is null ? account.Address : AddressText.Parse(to, "recipient");
        foreach (var order in await DueAsync(session, options, account.Address, ct))
        {
            if (await SettleAsync(session, account, order, ct) is not { } settled)
            {
                output.WriteLine(
                    $"The {SideOf(order)} in auction {order.Number.Period}: settled by somebody "
                    + "meanwhile.");
                continue;
            }

            var filled = MarketEvents.SettledIn(settled, session.Contract.Address).FilledLots;
            output.WriteLine(
                $"The {SideOf(order)} in auction {order.Number.Period}: "
                + $"{session.Steps.KwhOf(filled)} of {session.Steps.KwhOf(order.Lots)} kWh "
                + "moved.");
        }

        var token = session.Market.Token;
        var receipt = await account.SendAsync(
            isCoinsOnly
                ? MarketCalls.WithdrawCoins(token, recipient)
                : MarketCalls.Withdraw(token, recipient),
            ct);
        var paid = MarketEvents.WithdrawnIn(receipt, session.Contract.Address);
        output.WriteLine(
            $"Paid {session.Steps.KwhOfCoins(paid.Coins)} kWh in coins and "
            + $"{session.Steps.MoneyOf(paid.Money)} {session.Steps.Symbol} to {recipient}.");
        return 0;
    }

    private static string SideOf(OrderPlaced order) => order.Number.IsBid ? "bid" : "ask";

    // A keeper may be faster: then there is nothing left to do. Null: it was.
    private static async Task<Receipt?> SettleAsync(
        MarketSession session, MarketAccount account, OrderPlaced order, CancellationToken ct)
    {
        var market = session.Market.Id;
        try
        {
            return await account.SendAsync(MarketCalls.SettleOrder(market, order.Number), ct);
        }
        catch (BadInputException)
        {
            var left = (await session.Contract.OrdersOfAsync(market, [order.Number], ct))[0];
            if (left.Lots > 0)
            {
                throw;
            }

            return null;
        }
    }

    private static async Task<IReadOnlyList<OrderPlaced>> DueAsync(
        MarketSession session, MarketOptions options, Address owner, CancellationToken ct)
    {
        var market = session.Market.Id;
        var placed = await new MarketSearch(session.Node, session.Contract.Address).FindAsync(
            options.FromBlock, session.Head.Number, MarketEvents.ToOrderPlaced, ct,
            MarketEvents.OrderPlaced, market.ToArray(), AbiWriter.ToWord(owner));
        var orders = await session.Contract.OrdersOfAsync(
            market, [.. placed.Select(static one => one.Number)], ct);
        var auctions = await session.Contract.AuctionsOfAsync(
            market, [.. placed.Select(static one => one.Number.Period)], ct);
        return [.. placed.Where((_, i) => orders[i].Lots > 0 && auctions[i].IsCleared)];
    }
}
