namespace Helios.Chain;

/// <summary>The views of one Redemptions, asked of one node.</summary>
/// <param name="node">The node to ask.</param>
/// <param name="address">Where it stands.</param>
/// <param name="ledger">The ledger whose registers it believes.</param>
public sealed class RedemptionsContract(ChainNode node, Address address, Address ledger)
{
    private static readonly byte[] AuthorisedTopic =
        AbiWriter.HashOf("Authorised(address,address,uint256,uint48)");

    /// <summary>Where it stands: coins that are sent here become energy.</summary>
    public Address Address => address;

    /// <summary>What many meters may do, as of one block, in the order given.</summary>
    /// <exception cref="NodeRefusedException">The node has no such block.</exception>
    public async Task<IReadOnlyList<MeterAuthorisation>> AuthorisationsAsync(
        IReadOnlyList<Address> meters, Block at, CancellationToken ct)
    {
        var states = meters.Select(
            meter => (ledger, new AbiWriter("stateOf(address)").Word(meter).ToArray()));
        var authorised = meters.Select(
            meter => (address, new AbiWriter("authorisedWh(address)").Word(meter).ToArray()));
        var answers = await node.CallManyAsync([.. states, .. authorised], at, ct);
        return [.. Enumerable.Range(0, meters.Count).Select(i => new MeterAuthorisation(
            (EnrolledState)new AbiReader(answers[i].Returned).UInt8(),
            new AbiReader(answers[meters.Count + i].Returned).UInt64()))];
    }

    /// <summary>The meters for which coins were redeemed in these blocks, each once.</summary>
    public async Task<IReadOnlyList<Address>> RedeemedForAsync(
        ulong fromBlock, ulong toBlock, CancellationToken ct)
    {
        var logs = await node.LogsAsync(address, AuthorisedTopic, fromBlock, toBlock, ct);
        return [.. logs
            .Where(static log => log.Topics.Count > 1)
            .Select(static log => new AbiReader(log.Topics[1]).Address())
            .Distinct()];
    }

    /// <summary>What was settled of a meter, as of the newest block.</summary>
    public async Task<RedemptionAccount> AccountOfAsync(Address meter, CancellationToken ct) =>
        ToAccount(await ViewAsync("accountOf(address)", meter, ct));

    /// <summary>The same of many meters, in one request, in the order given.</summary>
    public async Task<IReadOnlyList<RedemptionAccount>> AccountsOfAsync(
        IReadOnlyList<Address> meters, CancellationToken ct)
    {
        var answers = await ViewsAsync("accountOf(address)", meters, ct);
        return [.. answers.Select(static answer => ToAccount(answer.Returned))];
    }

    /// <summary>Redeemed and neither used nor given back, Wh, as if settled now.</summary>
    public async Task<ulong> OpenWhOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("openWh(address)", meter, ct)).UInt48();

    /// <summary>The same of many meters, in one request, in the order given.</summary>
    public async Task<IReadOnlyList<ulong>> OpenWhOfAsync(
        IReadOnlyList<Address> meters, CancellationToken ct)
    {
        var answers = await ViewsAsync("openWh(address)", meters, ct);
        return [.. answers.Select(static answer => new AbiReader(answer.Returned).UInt48())];
    }

    /// <summary>Used and not paid for, Wh, as if settled now.</summary>
    public async Task<ulong> DebtWhOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("debtWh(address)", meter, ct)).UInt48();

    /// <summary>Up to where a meter may let energy through, Wh, in the newest block.</summary>
    public async Task<ulong> AuthorisedWhOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("authorisedWh(address)", meter, ct)).UInt48();

    /// <summary>
    /// What a meter returned beyond all that was redeemed for it, Wh, as if settled now. Coins for
    /// the next so many are refunded as they come, and no energy flows for them. It means nothing
    /// once the meter is dead.
    /// </summary>
    public async Task<ulong> ReturnedAheadWhOfAsync(
        Address meter, Block at, CancellationToken ct)
    {
        (Address, byte[]) View(Address to, string signature) =>
            (to, new AbiWriter(signature).Word(meter).ToArray());

        var answers = await node.CallManyAsync(
            [
                View(ledger, "registersOf(address)"),
                View(address, "authorisedWh(address)"),
                View(address, "openWh(address)"),
                View(address, "debtWh(address)"),
            ],
            at,
            ct);
        var registers = MeterRegisters.From(answers[0].Returned);
        var authorisedWh = new AbiReader(answers[1].Returned).UInt64();
        var openWh = new AbiReader(answers[2].Returned).UInt48();
        var debtWh = new AbiReader(answers[3].Returned).UInt48();

        // Since enrolment, used = settled + debt, and redeemed = settled + refunded + open: what
        // was returned and not refunded is left. Registers of 48 bits; no sum passes 64.
        var claimedWh = registers.ImportWh + registers.ReturnedWh + openWh;
        return claimedWh - Math.Min(claimedWh, authorisedWh + debtWh);
    }

    /// <summary>Whether an owner lets somebody redeem for his meter.</summary>
    public async Task<bool> IsPayerApprovedAsync(
        Address meter, Address owner, Address payer, CancellationToken ct) => new AbiReader(
        await node.CallAsync(
            address,
            new AbiWriter("isPayerApproved(address,address,address)")
                .Word(meter).Word(owner).Word(payer).ToArray(),
            ct)).Bool();

    /// <summary>Coins of all that is open, in units of 10^-18 coin.</summary>
    public async Task<UInt128> EscrowedUnitsAsync(CancellationToken ct) => new AbiReader(
        await node.CallAsync(address, new AbiWriter("escrowedUnits()").ToArray(), ct)).UInt128();

    private static RedemptionAccount ToAccount(byte[] answer)
    {
        var words = new AbiReader(answer);
        return new RedemptionAccount(words.UInt48(), words.UInt48(), words.UInt48());
    }

    private Task<ViewAnswer[]> ViewsAsync(
        string signature, IReadOnlyList<Address> meters, CancellationToken ct) =>
        node.CallManyAsync(
            [.. meters.Select(meter => (address, new AbiWriter(signature).Word(meter).ToArray()))],
            ct);

    private Task<byte[]> ViewAsync(string signature, Address meter, CancellationToken ct) =>
        node.CallAsync(address, new AbiWriter(signature).Word(meter).ToArray(), ct);
}
