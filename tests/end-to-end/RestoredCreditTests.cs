using Helios.Boards.Simulated;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Somebody saves the flash of his board while bought energy is open, uses it up, and puts the old
/// image back, to have it once more.
/// </summary>
public sealed class RestoredCreditTests
{
    private const ulong CoinsSent = 20;
    private const ulong BoughtWh = 100 * CoinsSent;

    [Fact]
    public async Task An_element_lets_the_old_image_sign_nothing_and_let_nothing_in()
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = new BoardWithRelay(
            bench.Deployment, new BoardOptions { Element = new ElementMemory(serial: 1) });
        var image = await UseUpAsync(bench, board);
        var (minted, readings) = (await bench.MintedOfAsync(board), board.Readings.Count);
        var letInWh = board.LetInWh;

        for (var boots = 0; boots < 3; boots++)
        {
            board.Restore(image);
            for (var minutes = 0; minutes < 30; minutes++)
            {
                board.Run(TimeSpan.FromMinutes(1));
                Assert.False(board.IsSwitchClosed);
            }
        }

        Assert.Equal((readings, letInWh), (board.Readings.Count, board.LetInWh));
        Assert.Contains(
            board.Console,
            static line => line.StartsWith(
                "The journal does not fit the secure element", StringComparison.Ordinal));
        Assert.Equal(EnrolledState.Active, await bench.StateAsync(board));

        await GoesOnWithABlankElementAsync(bench, board, minted);
    }

    /// <summary>The honest level of a key in files: supply control enforces nothing.</summary>
    [Fact]
    public async Task A_software_key_lets_the_old_image_have_it_once_more_and_mints_nothing_twice()
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = new BoardWithRelay(bench.Deployment, new BoardOptions());
        var image = await UseUpAsync(bench, board);
        var (minted, before) = (await bench.MintedOfAsync(board), board.Newest);

        board.Restore(image);
        board.Run(TimeSpan.FromMinutes(7));

        Assert.True(board.LetInWh > (long)(BoughtWh * 3 / 2), $"{board.LetInWh} Wh flowed.");
        Assert.Equal(0UL, await bench.OpenWhAsync(board));
        foreach (var signed in board.Readings.Where(one => one != before))
        {
            Assert.NotEqual(SkipReason.None, await bench.ReasonAsync(board, signed));
        }

        Assert.Equal(minted, await bench.MintedOfAsync(board));
    }

    // Enrolled, earned, redeemed; the image is of the moment in which most of it is open.
    private static async Task<IReadOnlyDictionary<string, byte[]>> UseUpAsync(
        LedgerBench bench, BoardWithRelay board)
    {
        board.Run(TimeSpan.FromMinutes(2));
        await bench.EnrolAsync(board);
        board.Run(TimeSpan.FromMinutes(5));
        await bench.RecordAsync(board, board.Newest);
        await bench.RedeemAsync(board, CoinsSent);
        board.Run(TimeSpan.FromMinutes(1));
        Assert.True(board.IsSwitchClosed);
        Assert.InRange(board.LetInWh, 1, (long)BoughtWh / 4);

        var image = board.Save();
        board.Run(TimeSpan.FromMinutes(8));
        Assert.False(board.IsSwitchClosed);
        Assert.InRange(board.LetInWh, (long)BoughtWh, (long)BoughtWh + 15);
        await bench.RecordAsync(board, board.Newest);
        Assert.Equal(0UL, await bench.OpenWhAsync(board));
        return image;
    }

    // As the console says: a blank element, no journal, enrolled anew in the old one's place.
    private static async Task GoesOnWithABlankElementAsync(
        LedgerBench bench, BoardWithRelay old, ulong minted)
    {
        var board = new BoardWithRelay(
            bench.Deployment,
            new BoardOptions
            {
                Element = new ElementMemory(serial: 2),
                Seed = 2,
                StartsAt = old.Now,
            });
        board.Run(TimeSpan.FromMinutes(2));
        _ = board.Enrolment();
        Assert.NotEqual(old.Meter, board.Meter);
        Assert.Contains(
            $"is enrolled in place of {old.Meter}",
            await bench.DoesAsync(
                bench.Enroller, "meter", "replace", $"{old.Meter}", bench.Log(board), "--yes"));
        Assert.Equal(EnrolledState.Closing, await bench.StateAsync(old));

        board.Run(TimeSpan.FromMinutes(10));
        var earned = await bench.RecordAsync(board, board.Newest);
        Assert.InRange(
            earned, 1UL, (board.ImpulsesMade - board.EnrolledExportWh) / 100);
        Assert.Equal(minted, await bench.MintedOfAsync(old));
    }
}
