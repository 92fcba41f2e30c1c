using Helios.Boards.Simulated;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Each way to the ledger, with what a simulated board signed and printed and what a person types.
/// </summary>
public sealed class EnrolmentPathsTests
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Earning = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_key_in_files_is_replaced_by_one_in_an_element_and_no_watt_hour_is_lost()
    {
        await using var bench = await LedgerBench.StartAsync();
        var old = new BoardWithRelay(bench.Deployment, new BoardOptions());
        old.Run(Boot);
        await bench.EnrolAsync(old);
        old.Run(Earning);
        var minted = await bench.RecordAsync(old, old.Newest);
        var next = new BoardWithRelay(
            bench.Deployment,
            new BoardOptions
            {
                Element = new ElementMemory(serial: 2),
                Seed = 2,
                StartsAt = old.Now,
            });
        next.Run(Boot);
        _ = next.Enrolment();

        Assert.Contains(
            $"Meter {next.Meter} is enrolled in place of {old.Meter}",
            await bench.DoesAsync(
                bench.Enroller, "meter", "replace", $"{old.Meter}", bench.Log(next), "--yes"));
        old.Run(Earning);
        next.Run(Earning);

        Assert.Equal(minted, await bench.RecordAsync(old, old.Newest));
        Assert.InRange(await bench.RecordAsync(next, next.Newest), 44UL, 47UL);
        Assert.Contains(
            $"closing, {next.Meter} replaced it",
            await bench.DoesAsync(bench.Enroller, "meter", "show", $"{old.Meter}"));
        Assert.Contains(
            "2, secure element, says the meter: look at the chip, a key in files can claim it",
            await bench.DoesAsync(bench.Enroller, "meter", "show", $"{next.Meter}"));
        await bench.RefusesAsync(
            "was revoked or replaced and is closing, for good",
            bench.Enroller, "enrol", bench.Log(old), "--yes");
        var (said, signature) = old.Enrolment();
        await bench.RevertsAsync(
            "WrongState(address,uint8)", bench.Enroller, DirectoryCalls.Enrol(said, signature));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_meter_is_sold_with_a_new_Enrolment_and_earns_for_its_new_owner(
        bool hasElement)
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = new BoardWithRelay(
            bench.Deployment,
            new BoardOptions { Element = hasElement ? new ElementMemory(serial: 1) : null });
        board.Run(Boot);
        await bench.EnrolAsync(board);
        board.Run(Earning);
        var minted = await bench.RecordAsync(board, board.Newest);
        await bench.DoesAsync(
            bench.Owner, "meter", "offer", $"{board.Meter}", $"{bench.Buyer.Address}");

        board.Configure(bench.Deployment with { Owner = bench.Buyer.Address });
        board.Run(TimeSpan.FromSeconds(5));
        var file = bench.NewestEnrolment(board);
        await bench.RefusesAsync(
            $"is offered to {bench.Buyer.Address}, not to",
            bench.Submitter, "meter", "accept", file, "--yes");
        Assert.Contains(
            $"Meter {board.Meter} is owned by {bench.Buyer.Address}",
            await bench.DoesAsync(bench.Buyer, "meter", "accept", file, "--yes"));

        board.Run(Earning);
        var all = await bench.RecordAsync(board, board.Newest);
        Assert.InRange(all - minted, 30UL, 36UL);
        Assert.Equal(minted, await bench.CoinsOfAsync(bench.Owner));
        Assert.Equal(all - minted, await bench.CoinsOfAsync(bench.Buyer));
    }
}
