namespace Helios.Chain;

/// <summary>A ledger's views of its meters, asked of one node at its newest block.</summary>
/// <param name="node">The node to ask.</param>
/// <param name="address">Where the ledger stands.</param>
public sealed class DirectoryContract(ChainNode node, Address address)
{
    private static readonly string[] Views =
    [
        "stateOf(address)", "ownerOf(address)", "assuranceOf(address)", "maxPowerWOf(address)",
        "enrolmentOf(address)", "registersOf(address)", "mintedOf(address)", "offeredTo(address)",
        "cloneOf(address)", "closingOf(address)", "carryWhOf(address)",
    ];

    /// <summary>All that the ledger knows of a meter.</summary>
    public async Task<EnrolledMeter> MeterAsync(Address meter, CancellationToken ct)
    {
        var answers = await node.CallManyAsync(
            [.. Views.Select(view => (address, new AbiWriter(view).Word(meter).ToArray()))], ct);

        // exportWh, importWh, returnedWh and closedExportWh stand before the three used here.
        var enrolment = new AbiReader(answers[4].Returned.AsSpan(4 * 32));
        var clone = new AbiReader(answers[8].Returned);
        var closing = new AbiReader(answers[9].Returned);
        return new EnrolledMeter
        {
            State = (EnrolledState)new AbiReader(answers[0].Returned).UInt8(),
            Owner = new AbiReader(answers[1].Returned).Address(),
            Assurance = new AbiReader(answers[2].Returned).UInt8(),
            MaxPowerW = new AbiReader(answers[3].Returned).UInt32(),
            EnrolledPagination = enrolment.UInt32(),
            ImpulsesPerKwh = enrolment.UInt32(),
            Enroller = enrolment.Address(),
            Registers = MeterRegisters.From(answers[5].Returned),
            Coins = new AbiReader(answers[6].Returned).UInt64(),
            CarryWh = new AbiReader(answers[10].Returned).UInt48(),
            OfferedTo = new AbiReader(answers[7].Returned).Address(),
            ProvenPagination = clone.UInt32(),
            ClearedPagination = clone.UInt32(),
            ClosingSince = closing.UInt48(),
            Successor = SuccessorIn(closing),
        };
    }

    /// <summary>An enroller's power budget, and how much of it his meters have taken, W.</summary>
    public async Task<(ulong BudgetW, ulong EnrolledW)> BudgetOfAsync(
        Address enroller, CancellationToken ct)
    {
        var words = new AbiReader(await node.CallAsync(
            address, new AbiWriter("budgetOf(address)").Word(enroller).ToArray(), ct));
        return (words.UInt64(), words.UInt64());
    }

    private static Address SuccessorIn(AbiReader closing)
    {
        // isFinalImportOffered and finalImportWh stand before it.
        _ = closing.UInt8();
        _ = closing.UInt48();
        return closing.Address();
    }
}
