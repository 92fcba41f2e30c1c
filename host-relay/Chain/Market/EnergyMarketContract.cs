namespace Helios.Chain;

/// <summary>The views of one EnergyMarket, asked of one node at its newest block.</summary>
/// <param name="node">The node to ask.</param>
/// <param name="address">Where it stands.</param>
public sealed class EnergyMarketContract(ChainNode node, Address address)
{
    private const int ViewsPerRequest = 200;

    /// <summary>Where it stands: the verifyingContract of every offer.</summary>
    public Address Address => address;

    /// <summary>The ledger whose coin is traded.</summary>
    public async Task<Address> LedgerAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync(new AbiWriter("ledger()"), ct)).Address();

    /// <summary>The coin.</summary>
    public async Task<Address> CoinAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync(new AbiWriter("coin()"), ct)).Address();

    /// <summary>Where standing orders redeem.</summary>
    public async Task<Address> RedemptionsAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync(new AbiWriter("redemptions()"), ct)).Address();

    /// <summary>How long an auction lasts, s.</summary>
    /// <exception cref="FormatException">0 s: it is no EnergyMarket's.</exception>
    public async Task<uint> PeriodSAsync(CancellationToken ct)
    {
        var periodS = new AbiReader(await ViewAsync(new AbiWriter("periodS()"), ct)).UInt32();
        return periodS > 0
            ? periodS
            : throw new FormatException("The contract's auctions last 0 s.");
    }

    /// <summary>The domain separator that offers are checked under.</summary>
    public async Task<Bytes32> DomainSeparatorAsync(CancellationToken ct) =>
        new(await ViewAsync(new AbiWriter("domainSeparator()"), ct));

    /// <summary>A market; null if nobody has made it.</summary>
    public async Task<MarketFacts?> MarketOfAsync(Bytes32 market, CancellationToken ct)
    {
        var facts = MarketAnswers.ToMarket(
            market, await ViewAsync(new AbiWriter("marketOf(bytes32)").Word(market), ct));
        return facts.LotWh == 0 ? null : facts;
    }

    /// <summary>What an account can withdraw.</summary>
    public async Task<MarketCredit> CreditOfAsync(
        Address token, Address account, CancellationToken ct) =>
        (await CreditsOfAsync(token, [account], ct))[0];

    /// <summary>What accounts can withdraw, in the order given.</summary>
    public Task<IReadOnlyList<MarketCredit>> CreditsOfAsync(
        Address token, IReadOnlyList<Address> accounts, CancellationToken ct) => ManyAsync(
        accounts,
        account => new AbiWriter("creditOf(address,address)").Word(token).Word(account),
        MarketAnswers.ToCredit,
        ct);

    /// <summary>The epoch for which a seller's offers count now.</summary>
    public async Task<uint> EpochOfAsync(Address seller, CancellationToken ct) => new AbiReader(
        await ViewAsync(new AbiWriter("epochOf(address)").Word(seller), ct)).UInt32();

    /// <summary>Lots bought of an offer; <see cref="MarketFacts.LotsMax"/> if it was taken
    /// back.</summary>
    public async Task<ulong> TakenLotsOfAsync(Offer offer, CancellationToken ct) => new AbiReader(
        await ViewAsync(
            new AbiWriter("takenLotsOf(bytes32)").Word(OfferDigest.StructHashOf(offer)), ct))
        .UInt48();

    /// <summary>Lots of an offer that could be bought now; says nothing of the
    /// signature.</summary>
    public async Task<ulong> AvailableLotsOfAsync(
        Offer offer, Address buyer, CancellationToken ct) => new AbiReader(
        await node.CallAsync(address, MarketCalls.AvailableLotsOf(offer, buyer), ct)).UInt48();

    /// <summary>
    /// Whether the seller signed: his key or, where his account has code, what that says
    /// (ERC-1271).
    /// </summary>
    public async Task<bool> IsSignedAsync(
        Offer offer, byte[] digest, byte[] signature, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (!await node.HasCodeAsync(offer.Seller, ct))
        {
            return RecoverableSignature.TryFromBytes(signature, out var parts)
                && parts.TryRecover(digest, out var signer)
                && signer == offer.Seller;
        }

        const string IsValid = "isValidSignature(bytes32,bytes)";
        var question = new AbiWriter(IsValid).Word(new Bytes32(digest)).Bytes(signature);
        try
        {
            var answer = await node.CallAsync(offer.Seller, question.ToArray(), ct);
            return answer.Length >= Bytes32.Length
                && answer.AsSpan(0, 4).SequenceEqual(AbiWriter.SelectorOf(IsValid));
        }
        catch (NodeRefusedException)
        {
            return false;
        }
    }

    /// <summary>How far auctions are cleared, in the order given.</summary>
    public Task<IReadOnlyList<Auction>> AuctionsOfAsync(
        Bytes32 market, IReadOnlyList<uint> periods, CancellationToken ct) => ManyAsync(
        periods,
        period => new AbiWriter("auctionOf(bytes32,uint32)").Word(market).Word(period),
        MarketAnswers.ToAuction,
        ct);

    /// <summary>Orders that are not settled, in the order given.</summary>
    public Task<IReadOnlyList<MarketOrder>> OrdersOfAsync(
        Bytes32 market, IReadOnlyList<OrderNumber> orders, CancellationToken ct) => ManyAsync(
        orders,
        order => new AbiWriter("orderOf(bytes32,uint256)").Word(market).Word(order.Value),
        MarketAnswers.ToOrder,
        ct);

    /// <summary>
    /// All levels of an auction, until its orders are settled; that of tick t at place t - 1.
    /// </summary>
    public async Task<IReadOnlyList<BookLevel>> BookOfAsync(
        Bytes32 market, uint period, CancellationToken ct) => MarketAnswers.ToBook(
        await ViewAsync(
            new AbiWriter("bookOf(bytes32,uint32)").Word(market).Word(period), ct));

    /// <summary>Standing sales, in the order of their meters.</summary>
    public Task<IReadOnlyList<StandingSale>> SalesOfAsync(
        IReadOnlyList<Address> meters, CancellationToken ct) => ManyAsync(
        meters,
        static meter => new AbiWriter("saleOf(address)").Word(meter),
        MarketAnswers.ToSale,
        ct);

    /// <summary>Standing purchases, in the order of their meters.</summary>
    public Task<IReadOnlyList<StandingPurchase>> PurchasesOfAsync(
        IReadOnlyList<Address> meters, CancellationToken ct) => ManyAsync(
        meters,
        static meter => new AbiWriter("purchaseOf(address)").Word(meter),
        MarketAnswers.ToPurchase,
        ct);

    /// <summary>
    /// Whether each of these calls would pass in the newest block: the contract itself judges.
    /// </summary>
    public async Task<IReadOnlyList<bool>> WouldPassAsync(
        IReadOnlyList<byte[]> calls, CancellationToken ct)
    {
        var would = new List<bool>(calls.Count);
        foreach (var some in calls.Chunk(ViewsPerRequest))
        {
            var answers = await node.CallManyAsync(
                [.. some.Select(calldata => (address, calldata))], ct);
            would.AddRange(answers.Select(static answer => answer.Refusal is null));
        }

        return would;
    }

    private async Task<IReadOnlyList<TAnswer>> ManyAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions,
        Func<TQuestion, AbiWriter> view,
        Func<byte[], TAnswer> read,
        CancellationToken ct)
    {
        var found = new List<TAnswer>(questions.Count);
        foreach (var some in questions.Chunk(ViewsPerRequest))
        {
            var answers = await node.CallManyAsync(
                [.. some.Select(one => (address, view(one).ToArray()))], ct);
            found.AddRange(answers.Select(answer => read(answer.Returned)));
        }

        return found;
    }

    private Task<byte[]> ViewAsync(AbiWriter view, CancellationToken ct) =>
        node.CallAsync(address, view.ToArray(), ct);
}
