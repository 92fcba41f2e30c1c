using Helios.Boards.Simulated;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Why the ledger takes nothing of a meter: the custom error, and the sentence that a person reads
/// who enrols it or submits what it signed.
/// </summary>
public sealed class RefusalTests
{
    private const string WrongState = "WrongState(address,uint8)";
    private const string NotAccepting = "MeterNotAccepting(address,uint8)";

    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Earning = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unknown(bool hasElement)
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = Started(bench.Deployment, hasElement);
        board.Run(Earning);
        _ = board.Enrolment();

        await bench.RevertsAsync(
            "MeterNotEnrolled(address)", bench.Submitter, LedgerCalls.Record(board.Newest));
        await bench.RefusesAsync(
            "no reading that is new counts now (MeterNotEnrolled)", board.Meter, board.Newest);
        await bench.RevertsAsync(
            WrongState, bench.Enroller, DirectoryCalls.Suspend(board.Meter));
        await bench.RefusesAsync(
            "is not enrolled in this ledger", bench.Enroller, "meter", "suspend", $"{board.Meter}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suspended_and_nothing_is_lost_meanwhile(bool hasElement)
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = await EarningAsync(bench, hasElement);
        await bench.DoesAsync(bench.Enroller, "meter", "suspend", $"{board.Meter}");

        await bench.RevertsAsync(
            NotAccepting, bench.Submitter, LedgerCalls.Record(board.Newest));
        await bench.RefusesAsync("(MeterNotAccepting)", board.Meter, board.Newest);
        await RefusesEnrolmentAsync(bench, board, "is suspended: resume it first");

        await bench.DoesAsync(bench.Enroller, "meter", "resume", $"{board.Meter}");
        Assert.InRange(await bench.RecordAsync(board, board.Newest), 44UL, 47UL);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoked_and_it_mints_no_more(bool hasElement)
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = await EarningAsync(bench, hasElement);
        await bench.DoesAsync(bench.Enroller, "meter", "revoke", $"{board.Meter}", "--yes");

        Assert.Equal(0UL, await bench.RecordAsync(board, board.Newest));
        await RefusesEnrolmentAsync(
            bench, board, "was revoked or replaced and is closing, for good");
        await bench.RevertsAsync(
            WrongState, bench.Enroller, DirectoryCalls.Resume(board.Meter));
        await bench.RefusesAsync(
            "was revoked or replaced and is closing, for good",
            bench.Enroller, "meter", "resume", $"{board.Meter}");
    }

    /// <summary>The flash of one board in another: a key in files cannot tell.</summary>
    [Fact]
    public async Task Cloned()
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = await EarningAsync(bench, hasElement: false);
        var twin = new BoardWithRelay(
            bench.Deployment, new BoardOptions { Seed = 2, StartsAt = board.Now });
        twin.Restore(board.Save());
        twin.Run(Boot);
        board.Run(Earning);

        var said = await bench.DoesAsync(
            bench.Submitter,
            "meter", "prove-clone",
            bench.Export(board.Meter, [.. board.Readings]),
            bench.Export(board.Meter, [.. twin.Readings]));
        Assert.Contains($"Meter {board.Meter} is suspended", said);
        foreach (var newest in (byte[][])[board.Newest, twin.Newest])
        {
            await bench.RevertsAsync(NotAccepting, bench.Submitter, LedgerCalls.Record(newest));
            await bench.RefusesAsync("(MeterNotAccepting)", board.Meter, newest);
        }

        await bench.RevertsAsync(
            "CloneNotCleared(address,uint32)",
            bench.Enroller, DirectoryCalls.Resume(board.Meter));
        await bench.RefusesAsync(
            "was proven to sign in two places",
            bench.Enroller, "meter", "resume", $"{board.Meter}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wrong_owner(bool hasElement)
    {
        await using var bench = await LedgerBench.StartAsync();
        var ownerless = Started(bench.Deployment with { Owner = bench.Ledger.Address }, hasElement);
        await RefusesEnrolmentAsync(
            bench, ownerless, "cannot own a meter, its coins would be lost",
            "OwnerRefused(address)");

        var board = await EarningAsync(bench, hasElement: false);
        var foreign = Started(
            bench.Deployment with { Owner = bench.Buyer.Address }, hasElement, seed: 2);
        var (said, signature) = foreign.Enrolment();
        await bench.RevertsAsync(
            "NotTheOwner(address,address)",
            bench.Enroller, DirectoryCalls.Replace(board.Meter, said, signature));
        await bench.RefusesAsync(
            $"The owner is {bench.Owner.Address}, not {bench.Buyer.Address}",
            bench.Enroller, "meter", "replace", $"{board.Meter}", bench.Log(foreign), "--yes");
        await bench.RefusesAsync(
            $"The owner is {bench.Owner.Address}, not {bench.Buyer.Address}",
            bench.Buyer, "meter", "offer", $"{board.Meter}", $"{bench.Buyer.Address}");

        (said, signature) = board.Enrolment();
        await bench.RevertsAsync(
            "MeterNotOffered(address,address)",
            bench.Owner, DirectoryCalls.Accept(said, signature));
        await bench.RefusesAsync(
            "is offered to nobody",
            bench.Owner, "meter", "accept", bench.Log(board), "--yes");
    }

    [Theory]
    [InlineData(false, true, "MeterNotEnrolled(address)")]
    [InlineData(true, true, "SignatureInvalid()")]
    [InlineData(false, false, "MeterNotEnrolled(address)")]
    [InlineData(true, false, "SignatureInvalid()")]
    public async Task Wrong_chain_or_ledger(bool hasElement, bool isChain, string errorOfReading)
    {
        await using var bench = await LedgerBench.StartAsync();
        var right = bench.Deployment;
        var board = Started(
            isChain ? right with { ChainId = 1 } : right with { Ledger = bench.Buyer.Address },
            hasElement);
        board.Run(Earning);

        await RefusesEnrolmentAsync(
            bench, board, "the meter's helios.cfg names another ledger or chain-id",
            "SignerMismatch(address,address)");
        await bench.RevertsAsync(
            errorOfReading, bench.Submitter, LedgerCalls.Record(board.Newest));
        await bench.RefusesAsync(
            $"is not signed by {board.Meter} for this ledger", board.Meter, board.Newest);
    }

    private static BoardWithRelay Started(
        BoardDeployment deployment, bool hasElement, int seed = 1)
    {
        var element = hasElement ? new ElementMemory(serial: (ulong)seed) : null;
        var board = new BoardWithRelay(
            deployment, new BoardOptions { Element = element, Seed = seed });
        board.Run(Boot);
        return board;
    }

    private static async Task<BoardWithRelay> EarningAsync(LedgerBench bench, bool hasElement)
    {
        var board = Started(bench.Deployment, hasElement);
        await bench.EnrolAsync(board);
        board.Run(Earning);
        Assert.Equal(SkipReason.None, await bench.ReasonAsync(board, board.Newest));
        return board;
    }

    // Of the ledger itself, and of the program that asks it.
    private static async Task RefusesEnrolmentAsync(
        LedgerBench bench, BoardWithRelay board, string words, string error = WrongState)
    {
        var (said, signature) = board.Enrolment();
        await bench.RevertsAsync(
            error, bench.Enroller, DirectoryCalls.Enrol(said, signature));
        await bench.RefusesAsync(words, bench.Enroller, "enrol", bench.Log(board), "--yes");
    }
}
