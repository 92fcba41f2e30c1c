namespace Helios.Chain;

/// <summary>The views of one ReadingLedger, asked of one node at its newest block.</summary>
public sealed class LedgerContract
{
    private readonly ChainNode _node;

    /// <param name="node">The node to ask.</param>
    /// <param name="address">Where the ledger stands.</param>
    public LedgerContract(ChainNode node, Address address)
    {
        _node = node;
        Address = address;
    }

    /// <summary>Where the ledger stands: the verifyingContract of every signature.</summary>
    public Address Address { get; }

    /// <summary>Watt-hours that one coin stands for; fixed at deployment.</summary>
    public async Task<ulong> WhPerCoinAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync("whPerCoin()", ct)).UInt64();

    /// <summary>The ERC-20 contract of the coins.</summary>
    public async Task<Address> CoinAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync("coin()", ct)).Address();

    /// <summary>Where coins become energy again.</summary>
    public async Task<Address> RedemptionsAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync("redemptions()", ct)).Address();

    /// <summary>
    /// The EIP-712 domain separator that the ledger checks signatures under, 32 bytes.
    /// </summary>
    public async Task<byte[]> DomainSeparatorAsync(CancellationToken ct) =>
        new AbiReader(await ViewAsync("domainSeparator()", ct)).Bytes32();

    /// <summary>Who gets a meter's coins; zero if it was never enrolled.</summary>
    public async Task<Address> OwnerOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("ownerOf(address)", meter, ct)).Address();

    /// <summary>
    /// Where a meter's key is, as its Enrolment said: 0 in files, 1 in encrypted flash, 2 in a
    /// secure element; 0 too if it was never enrolled.
    /// </summary>
    public async Task<byte> AssuranceOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("assuranceOf(address)", meter, ct)).UInt8();

    /// <summary>The registers accepted last.</summary>
    public async Task<MeterRegisters> RegistersOfAsync(Address meter, CancellationToken ct) =>
        MeterRegisters.From(await ViewAsync("registersOf(address)", meter, ct));

    /// <summary>Whole coins minted for a meter since its enrolment.</summary>
    public async Task<ulong> MintedOfAsync(Address meter, CancellationToken ct) =>
        new AbiReader(await ViewAsync("mintedOf(address)", meter, ct)).UInt64();

    /// <summary>
    /// What the ledger would make of these readings if each were recorded alone on top of a block,
    /// and where it stands with the meters of those that would not count: the contract itself
    /// judges, nothing is computed twice.
    /// </summary>
    /// <param name="readings">Meters and the bytes that they signed.</param>
    /// <param name="at">Which block; null: the newest.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<IReadOnlyList<MeterOnChain>> TryReadingsAsync(
        IReadOnlyList<(Address Meter, byte[] Signed)> readings, Block? at, CancellationToken ct)
    {
        var answers = await _node.CallManyAsync(
            [.. readings.Select(one => (Address, LedgerCalls.Record(one.Signed)))], at, ct);
        var trials = Array.ConvertAll(answers, ToTrial);
        var refused = Enumerable.Range(0, trials.Length)
            .Where(i => trials[i].Reason != SkipReason.None)
            .ToArray();
        var registers = await RegistersOfAsync(
            Array.ConvertAll(refused, i => readings[i].Meter), at, ct);
        var meters = Array.ConvertAll(trials, static trial => new MeterOnChain(trial, null));
        for (var i = 0; i < refused.Length; i++)
        {
            meters[refused[i]] = meters[refused[i]] with { Registers = registers[i] };
        }

        return meters;
    }

    /// <summary>Who gets the coins of many meters, in the order given.</summary>
    public async Task<IReadOnlyList<Address>> OwnersOfAsync(
        IReadOnlyList<Address> meters, CancellationToken ct)
    {
        var views = meters
            .Select(meter => (Address, new AbiWriter("ownerOf(address)").Word(meter).ToArray()))
            .ToArray();
        var answers = await _node.CallManyAsync(views, ct);
        return [.. answers.Select(answer => new AbiReader(answer.Returned).Address())];
    }

    /// <summary>
    /// The registers of many meters as of a block, or null: the newest; in one request, in the
    /// order given.
    /// </summary>
    public async Task<IReadOnlyList<MeterRegisters>> RegistersOfAsync(
        IReadOnlyList<Address> meters, Block? at, CancellationToken ct)
    {
        var views = meters
            .Select(
                meter => (Address, new AbiWriter("registersOf(address)").Word(meter).ToArray()))
            .ToArray();
        var answers = await _node.CallManyAsync(views, at, ct);
        return [.. answers.Select(answer => MeterRegisters.From(answer.Returned))];
    }

    /// <summary>The readings that a transaction made count, in the order of its batch.</summary>
    public IReadOnlyList<ReadingAccepted> AcceptedIn(Receipt receipt) =>
        [.. receipt.Logs.Select(log => LedgerEvents.ToAccepted(log, Address))
            .OfType<ReadingAccepted>()];

    /// <summary>
    /// The readings that the ledger skipped in a transaction, in the order of its batch.
    /// </summary>
    public IReadOnlyList<ReadingSkipped> SkippedIn(Receipt receipt) =>
        [.. receipt.Logs.Select(log => LedgerEvents.ToSkipped(log, Address))
            .OfType<ReadingSkipped>()];

    private Task<byte[]> ViewAsync(string signature, CancellationToken ct) =>
        _node.CallAsync(Address, new AbiWriter(signature).ToArray(), ct);

    private Task<byte[]> ViewAsync(string signature, Address meter, CancellationToken ct) =>
        _node.CallAsync(Address, new AbiWriter(signature).Word(meter).ToArray(), ct);

    private static Trial ToTrial(ViewAnswer answer)
    {
        if (answer.Refusal is null)
        {
            return new Trial(SkipReason.None, new AbiReader(answer.Returned).UInt64(), 0);
        }

        return LedgerErrors.ToTrial(answer.Refusal.Revert.Span) ?? throw answer.Refusal;
    }
}
