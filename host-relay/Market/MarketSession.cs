using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// One market on one node, checked to be what the options say, and an account that trades there.
/// </summary>
internal sealed class MarketSession : IDisposable
{
    private const string OwnCoinSymbol = "ETH";
    private const int OwnCoinPlaces = 18;

    // Beyond that no amount fits, and no token of use has more.
    private const int PlacesMax = 36;

    private readonly MarketOptions _options;

    private MarketSession(MarketOptions options)
    {
        _options = options;
        Node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        Contract = new EnergyMarketContract(Node, options.EnergyMarket);
        Digest = new OfferDigest(options.ChainId, options.EnergyMarket);
    }

    public ChainNode Node { get; }

    public EnergyMarketContract Contract { get; }

    public OfferDigest Digest { get; }

    /// <summary>The newest block when the session began.</summary>
    public Block Head { get; private set; } = null!;

    /// <summary>Watt-hours that one coin stands for.</summary>
    public ulong WhPerCoin { get; private set; }

    /// <summary>The coin that is traded.</summary>
    public TokenContract Coin { get; private set; } = null!;

    /// <summary>Which of the markets.</summary>
    public MarketFacts Market { get; private set; } = null!;

    /// <summary>Its lots and ticks, for people.</summary>
    public MarketSteps Steps { get; private set; } = null!;

    /// <summary>Who trades; null if no key is given.</summary>
    public Address? Account => _options.Key?.Address;

    /// <summary>Opens the contract, and of its markets the one that the options name.</summary>
    /// <exception cref="BadInputException">Something is not as the options say.</exception>
    public static async Task<MarketSession> OpenAsync(MarketOptions options, CancellationToken ct)
    {
        var session = await OpenContractAsync(options, ct);
        try
        {
            var id = options.Market ?? throw new BadInputException(
                "The setting market is missing: name one that `market list` prints, in the "
                    + "configuration file, as HELIOS_MARKET or with --market.");
            session.Market = await session.Contract.MarketOfAsync(id, ct)
                ?? throw new BadInputException(
                    $"There is no market {id} at {options.EnergyMarket}: correct market, or make "
                        + "it with `market create`.");
            session.Steps = await session.StepsOfAsync(session.Market, ct);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens the contract alone.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<MarketSession> OpenContractAsync(
        MarketOptions options, CancellationToken ct)
    {
        var session = new MarketSession(options);
        try
        {
            await session.CheckAsync(ct);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>How people say lots and ticks of a market.</summary>
    public async Task<MarketSteps> StepsOfAsync(MarketFacts market, CancellationToken ct)
    {
        if (market.IsOwnCoin)
        {
            return new MarketSteps(market, OwnCoinPlaces, OwnCoinSymbol, WhPerCoin);
        }

        var token = new TokenContract(Node, market.Token);
        var places = await token.DecimalsAsync(ct);
        return places is <= PlacesMax
            ? new MarketSteps(market, places.Value, await token.SymbolAsync(ct), WhPerCoin)
            : throw new BadInputException(
                $"The token {market.Token} does not say its decimal places, or an impossible "
                    + "number: choose a market with another one.");
    }

    /// <summary>The account's wallet.</summary>
    public MarketAccount AccountOf(TextWriter output) => new(
        this, _options, _options.Key ?? throw new BadInputException(
            "The account's key is missing: give accountKeyFile or HELIOS_ACCOUNT_KEY."), output);

    /// <summary>What an account has of what is paid with, in smallest units.</summary>
    public Task<UInt128> MoneyOfAsync(Address account, CancellationToken ct) => Market.IsOwnCoin
        ? Node.BalanceWeiAsync(account, ct)
        : new TokenContract(Node, Market.Token).BalanceOfAsync(account, ct);

    /// <summary>Makes sure that an account has so many coins.</summary>
    /// <exception cref="BadInputException">It has not.</exception>
    public async Task RequireCoinsAsync(Address account, UInt128 units, CancellationToken ct)
    {
        var has = await Coin.BalanceOfAsync(account, ct);
        if (has < units)
        {
            throw new BadInputException(
                $"{account} has coins of {Steps.KwhOfCoins(has)} kWh, not of "
                    + $"{Steps.KwhOfCoins(units)} kWh: sell less, or wait until the meter earned "
                    + "more.");
        }
    }

    /// <summary>Makes sure that an account can pay so much.</summary>
    /// <exception cref="BadInputException">It has too little.</exception>
    public async Task RequireMoneyAsync(Address account, UInt128 units, CancellationToken ct)
    {
        var has = await MoneyOfAsync(account, ct);
        if (has < units)
        {
            throw new BadInputException(
                $"{account} has {Steps.MoneyOf(has)} {Steps.Symbol}, not "
                    + $"{Steps.MoneyOf(units)}: buy less, or get more.");
        }
    }

    /// <summary>
    /// Lets the market take what a purchase costs. The chain's own coin goes with the call itself.
    /// </summary>
    public async Task AllowPaymentAsync(
        MarketAccount account, UInt128 units, CancellationToken ct)
    {
        if (!Market.IsOwnCoin)
        {
            await account.AllowAsync(
                new TokenContract(Node, Market.Token),
                units,
                $"another {Steps.MoneyOf(units)} {Steps.Symbol}",
                ct);
        }
    }

    public void Dispose() => Node.Dispose();

    private async Task CheckAsync(CancellationToken ct)
    {
        var chainId = await Node.ChainIdAsync(ct);
        if (chainId != _options.ChainId)
        {
            throw new BadInputException(
                $"The node at {Node.Url} is on chain {chainId}, not on {_options.ChainId}: "
                    + "correct rpcUrl or chainId.");
        }

        if (!await Node.HasCodeAsync(Contract.Address, ct))
        {
            throw new BadInputException(
                $"There is no contract at {Contract.Address} on chain {chainId}: correct "
                    + "energyMarket.");
        }

        try
        {
            // Offers are signed under a domain computed here; the contract's must be the same.
            if (await Contract.DomainSeparatorAsync(ct) != Digest.Separator)
            {
                throw new FormatException("It has another domain separator.");
            }

            var ledger = new LedgerContract(Node, await Contract.LedgerAsync(ct));
            WhPerCoin = await ledger.WhPerCoinAsync(ct);
            Coin = new TokenContract(Node, await Contract.CoinAsync(ct));
            Head = await Node.LatestBlockAsync(ct);
        }
        catch (Exception failure) when (failure is NodeRefusedException or FormatException)
        {
            throw new BadInputException(
                $"The contract at {Contract.Address} on chain {chainId} is no EnergyMarket "
                    + $"({failure.Message.TrimEnd('.')}): correct energyMarket.",
                failure);
        }
    }
}
