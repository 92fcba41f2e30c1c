using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// An account that trades: it sends one transaction after another, waits for each, and says what
/// a revert means.
/// </summary>
internal sealed class MarketAccount
{
    private readonly MarketSession _session;
    private readonly MarketOptions _options;
    private readonly SenderKey _key;
    private readonly Wallet _wallet;
    private readonly TextWriter _output;

    public MarketAccount(
        MarketSession session, MarketOptions options, SenderKey key, TextWriter output)
    {
        (_session, _options, _key, _output) = (session, options, key, output);
        _wallet = new Wallet(session.Node, options.ChainId, key);
    }

    public Address Address => _key.Address;

    /// <summary>Signs an offer as contracts read signatures: 65 bytes.</summary>
    public byte[] Sign(Offer offer) => _key.Sign(_session.Digest.Of(offer)).ToBytes();

    /// <summary>Sends a call to the energy market and waits for its block.</summary>
    public Task<Receipt> SendAsync(byte[] calldata, CancellationToken ct) =>
        SendAsync(_session.Contract.Address, calldata, UInt128.Zero, ct);

    /// <summary>
    /// Sends an order for the auction that is on. Where the newest block is older than the clock of
    /// the next one, the contract's refusal names that auction.
    /// </summary>
    public async Task<Receipt> SendOrderAsync(
        Func<uint, byte[]> calldataOf, UInt128 valueWei, CancellationToken ct)
    {
        var period = (uint)(_session.Head.Timestamp / await _session.Contract.PeriodSAsync(ct));
        var to = _session.Contract.Address;
        try
        {
            await _session.Node.EstimateGasAsync(Address, to, calldataOf(period), valueWei, ct);
        }
        catch (NodeRefusedException refusal)
        {
            period = MarketErrors.ToOpenPeriod(refusal.Revert.Span) ?? period;
        }

        return await SendAsync(to, calldataOf(period), valueWei, ct);
    }

    /// <summary>Sends a call and waits for its block.</summary>
    /// <exception cref="BadInputException">It reverts, or cannot be paid.</exception>
    public async Task<Receipt> SendAsync(
        Address to, byte[] calldata, UInt128 valueWei, CancellationToken ct)
    {
        await RequireFeeAsync(ct);
        Receipt receipt;
        try
        {
            var hash = await _wallet.SendAsync(to, calldata, valueWei, ct);
            receipt = await _wallet.ConfirmedAsync(hash, ct);
        }
        catch (NodeRefusedException refusal)
        {
            throw Explained(refusal);
        }

        return receipt.Succeeded
            ? receipt
            : throw new BadInputException(
                $"The transaction reverted in block {receipt.BlockNumber}: somebody was faster; "
                    + "look and try again.");
    }

    /// <summary>
    /// Lets the market take so much more of a token than it may now: what stands for offers and
    /// standing orders is left to them.
    /// </summary>
    public async Task AllowAsync(
        TokenContract token, UInt128 units, string what, CancellationToken ct)
    {
        var market = _session.Contract.Address;
        var allowed = await token.AllowanceAsync(Address, market, ct);
        if (allowed > UInt128.MaxValue - units)
        {
            return;
        }

        await SendAsync(
            token.Address, TokenContract.Approve(market, allowed + units), UInt128.Zero, ct);
        await _output.WriteLineAsync($"The market may now take {what}.");
    }

    /// <summary>Lets the market take whatever the account will have of a token.</summary>
    public async Task AllowAllAsync(TokenContract token, string what, CancellationToken ct)
    {
        var market = _session.Contract.Address;
        if (await token.AllowanceAsync(Address, market, ct) <= UInt128.MaxValue / 2)
        {
            await SendAsync(
                token.Address,
                TokenContract.Approve(market, UInt128.MaxValue),
                UInt128.Zero,
                ct);
            await _output.WriteLineAsync($"The market may now take {what}.");
        }
    }

    private async Task RequireFeeAsync(CancellationToken ct)
    {
        var head = await _session.Node.LatestBlockAsync(ct);
        if (head.BaseFeePerGasWei > _options.MaxBaseFeePerGasWei)
        {
            throw new BadInputException(
                $"The base fee is {head.BaseFeePerGasWei} wei per gas: wait until it falls, or "
                    + "raise maxFeeGwei.");
        }
    }

    private Exception Explained(NodeRefusedException refusal)
    {
        if (MarketErrors.ToSentence(refusal.Revert.Span) is { } sentence)
        {
            return new BadInputException(sentence, refusal);
        }

        return refusal.SaysBalanceTooLow
            ? new BadInputException(
                $"The account {Address} has too little of the chain's own coin to pay for this: "
                    + "send it some.",
                refusal)
            : refusal;
    }
}
