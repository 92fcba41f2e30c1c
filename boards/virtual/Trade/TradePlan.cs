namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// What the wallets of a neighbourhood do when they look: producers sell what they have, paid for
/// in some other way, and a consumer redeems when little is left.
/// </summary>
public static class TradePlan
{
    /// <summary>A consumer redeems when less is left, Wh: some hours of a household.</summary>
    public const ulong LowWh = 2_000;

    /// <summary>And then up to this, Wh.</summary>
    public const ulong FullWh = 5_000;

    /// <summary>The transfers, one a wallet at most.</summary>
    /// <param name="accounts">Of every house, in the order of their numbers.</param>
    /// <param name="round">Rises, so that each producer sells to each consumer in turn.</param>
    /// <param name="whPerCoin">Energy of a coin, Wh: producers sell whole ones.</param>
    /// <param name="maxOpenWh">The most that may be open for a meter, Wh.</param>
    public static IReadOnlyList<Transfer> Of(
        IReadOnlyList<Account> accounts, int round, ulong whPerCoin, ulong maxOpenWh)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        int[] consumers = [.. Enumerable.Range(0, accounts.Count)
            .Where(house => accounts[house].IsConsumer)];
        return [.. Enumerable.Range(0, accounts.Count)
            .Select(house => accounts[house].IsConsumer
                ? new Transfer(house, null, RedeemedWh(accounts[house], maxOpenWh))
                : new Transfer(
                    house,
                    consumers[(round + house) % consumers.Length],
                    accounts[house].BalanceWh / whPerCoin * whPerCoin))
            .Where(transfer => transfer.Wh > 0)];
    }

    private static ulong RedeemedWh(Account account, ulong maxOpenWh)
    {
        if (account.RestWh >= LowWh)
        {
            return 0;
        }

        var roomWh = maxOpenWh - Math.Min(account.OpenWh, maxOpenWh);
        return Math.Min(account.BalanceWh, Math.Min(FullWh - account.RestWh, roomWh));
    }
}
