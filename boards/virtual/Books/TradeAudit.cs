using Helios.Boards.Virtual.Trade;
using Helios.Chain;
using Helios.Trading;

namespace Helios.Boards.Virtual.Books;

/// <summary>Collects the books of the market, its money, and who traded what.</summary>
internal sealed class TradeAudit
{
    private readonly Neighbourhood _neighbourhood;
    private readonly TradingPlace _place;
    private readonly Trades _trades;
    private readonly EnergyMarketContract _contract;
    private readonly TokenContract _token;

    private TradeAudit(Neighbourhood neighbourhood, TradingPlace place, Trades trades)
    {
        (_neighbourhood, _place, _trades) = (neighbourhood, place, trades);
        _contract = new EnergyMarketContract(neighbourhood.Chain, place.EnergyMarket);
        _token = new TokenContract(neighbourhood.Chain, place.Market.Token);
    }

    private UInt128 UnitsPerWh =>
        CoinContract.UnitsPerCoin / _neighbourhood.Options.WhPerCoin;

    /// <summary>Reads all that happened in the market; null where there is none.</summary>
    public static async Task<TradeAudit?> ReadAsync(
        Neighbourhood neighbourhood, CancellationToken cancellation)
    {
        if (neighbourhood.TradingPlace is not { } place)
        {
            return null;
        }

        var record = await MarketRecord.ReadAsync(
            neighbourhood.Chain, place.EnergyMarket, place.Market.Id, 0, cancellation);
        return new TradeAudit(neighbourhood, place, new Trades(place.Market, record));
    }

    /// <summary>The market as a whole.</summary>
    public async Task<TradeBooks> BooksAsync(CancellationToken cancellation) => new()
    {
        LotWh = _place.Market.LotWh,
        UnitsPerTick = _place.Market.UnitsPerTick,
        Auctions = _trades.Auctions,
        OffersPaidUnits = _trades.OffersPaidUnits,
        Coins = await HeldAsync(
            new TokenContract(_neighbourhood.Chain, _neighbourhood.CoinAddress), cancellation),
        Money = await HeldAsync(_token, cancellation),
        IssuedUnits = await _token.TotalSupplyAsync(cancellation),
    };

    /// <summary>An owner's coins and money.</summary>
    public async Task<(WalletBooks Coins, MoneyBooks Money)> ReadAsync(
        House house, CancellationToken cancellation)
    {
        var owner = house.Wallet.Address;
        var trades = _trades.Of(owner);
        var credit = await _contract.CreditOfAsync(_token.Address, owner, cancellation);
        var redeemedUnits = _trades.RedeemedUnitsOf(house.Meter);
        var coins = new WalletBooks
        {
            SoldWh = trades.SoldWh,
            BoughtWh = trades.BoughtWh,
            RedeemedWh = house.Wallet.RedeemedWh + (ulong)(redeemedUnits / UnitsPerWh),
            BalanceUnits = await _neighbourhood.Coin.BalanceOfAsync(owner, cancellation),
            CreditedUnits = credit.Coins,
            EscrowedUnits = trades.EscrowedWh * UnitsPerWh,
        };
        var money = new MoneyBooks
        {
            IssuedUnits = house.Wallet.IssuedUnits,
            PaidUnits = trades.PaidUnits,
            ReceivedUnits = trades.ReceivedUnits,
            BalanceUnits = await _token.BalanceOfAsync(owner, cancellation),
            CreditedUnits = credit.Money,
            EscrowedUnits = trades.EscrowedMoneyUnits,
        };
        return (coins, money);
    }

    private async Task<HeldBooks> HeldAsync(TokenContract token, CancellationToken cancellation)
    {
        var (inUnits, outUnits) = await token.MovedAsync(_place.EnergyMarket, cancellation);
        return new HeldBooks
        {
            InUnits = inUnits,
            OutUnits = outUnits,
            BalanceUnits = await token.BalanceOfAsync(_place.EnergyMarket, cancellation),
        };
    }
}
