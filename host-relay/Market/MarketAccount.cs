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
    /// Makes sure that a call to the energy market would pass, once it is allowed what it takes:
    /// what is refused should leave no allowance behind.
    /// </summary>
    /// <exception cref="BadInputException">It would not.</exception>
    public async Task TryAsync(byte[] calldata, UInt128 valueWei, CancellationToken ct)
    {
        try
        {
            await _session.Node.EstimateGasAsync(
                Address, _session.Contract.Address, calldata, valueWei, ct);
        }
        catch (NodeRefusedException refusal)
        {
            // A token says in words of its own that it is not allowed.
            if (!MarketErrors.IsAllowanceMissing(refusal.Revert.Span)
                && Explained(refusal) is BadInputException explained)
            {
                throw explained;
            }
        }
    }

    /// <summary>The same of an order for the auction that is on.</summary>
    /// <inheritdoc cref="TryAsync"/>
    public async Task TryOrderAsync(
        Func<uint, byte[]> calldataOf, UInt128 valueWei, CancellationToken ct) => await TryAsync(
        calldataOf(await OpenPeriodAsync(calldataOf, valueWei, ct)), valueWei, ct);

    /// <summary>Sends an order for the auction that is on.</summary>
    public async Task<Receipt> SendOrderAsync(
        Func<uint, byte[]> calldataOf, UInt128 valueWei, CancellationToken ct) => await SendAsync(
        _session.Contract.Address,
        calldataOf(await OpenPeriodAsync(calldataOf, valueWei, ct)),
        valueWei,
        ct);

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
        if (allowed <= UInt128.MaxValue - units)
        {
            await ApproveAsync(token, allowed + units, what, ct);
        }
    }

    /// <summary>Lets the market take so much less; what has no end keeps none.</summary>
    public async Task DisallowAsync(
        TokenContract token, UInt128 units, string what, CancellationToken ct)
    {
        var allowed = await token.AllowanceAsync(Address, _session.Contract.Address, ct);
        if (allowed > 0 && units > 0 && !TokenContract.IsEndless(allowed))
        {
            await ApproveAsync(token, allowed - UInt128.Min(allowed, units), what, ct);
        }
    }

    /// <summary>
    /// Lets the market take so much of a token from now on, whatever it might take before.
    /// </summary>
    public async Task AllowInAllAsync(
        TokenContract token, UInt128 units, string what, CancellationToken ct)
    {
        if (await token.AllowanceAsync(Address, _session.Contract.Address, ct) != units)
        {
            await ApproveAsync(token, units, what, ct);
        }
    }

    // Where the newest block is older than the clock of the next one, the contract's refusal names
    // the auction that is on then.
    private async Task<uint> OpenPeriodAsync(
        Func<uint, byte[]> calldataOf, UInt128 valueWei, CancellationToken ct)
    {
        var period = (uint)(_session.Head.Timestamp / await _session.Contract.PeriodSAsync(ct));
        try
        {
            await _session.Node.EstimateGasAsync(
                Address, _session.Contract.Address, calldataOf(period), valueWei, ct);
            return period;
        }
        catch (NodeRefusedException refusal)
        {
            return MarketErrors.ToOpenPeriod(refusal.Revert.Span) ?? period;
        }
    }

    private async Task ApproveAsync(
        TokenContract token, UInt128 units, string what, CancellationToken ct)
    {
        await SendAsync(
            token.Address,
            TokenContract.Approve(_session.Contract.Address, units),
            UInt128.Zero,
            ct);
        await _output.WriteLineAsync($"The market may now take {what}.");
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
