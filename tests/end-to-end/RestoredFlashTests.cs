using Helios.Boards.Simulated;
using Helios.Chain;
using Helios.Messaging;

namespace Helios.Tests.EndToEnd;

/// <summary>
/// Somebody saves the flash of a board with a software key, lets it count and sign on, and puts the
/// old image back: what that can do on a real chain, and what it cannot.
/// </summary>
public sealed class RestoredFlashTests
{
    [Theory]
    // A pagination that is newer by the block that a restart skips, with lower registers.
    [InlineData(2, SkipReason.RegisterDecreased)]
    // Far more than a block of 64: paginations that were signed before come again.
    [InlineData(20, SkipReason.PaginationNotNewer)]
    public async Task Nothing_is_minted_twice_and_two_readings_prove_it(
        int minutesAfter, SkipReason reason)
    {
        await using var bench = await LedgerBench.StartAsync();
        var board = new BoardWithRelay(bench.Deployment, new BoardOptions());
        board.Run(TimeSpan.FromMinutes(2));
        await bench.EnrolAsync(board);
        board.Run(TimeSpan.FromMinutes(5));

        var image = board.Save();
        var saved = board.Newest;
        board.Run(TimeSpan.FromMinutes(minutesAfter));
        var before = board.Newest;
        var coins = await bench.RecordAsync(board, before);
        Assert.True(coins > 30, $"{coins} coins are too few to tell.");

        // The key in the image signs, for it was read out with everything else. It earns nothing.
        board.Restore(image);
        board.Run(TimeSpan.FromMinutes(1));
        var after = board.Newest;
        Assert.NotEqual(before, after);
        Assert.True(Of(after).ExportWh < Of(before).ExportWh);
        Assert.Equal(reason, await bench.ReasonAsync(board, after));

        // Once it has counted everything again it earns again: coins never exceed the register.
        board.Run(TimeSpan.FromMinutes(minutesAfter + 10));
        var later = board.Newest;
        await bench.RecordAsync(board, later);
        var minted = await bench.MintedOfAsync(board);
        Assert.Equal((Of(later).ExportWh - board.EnrolledExportWh) / 100, minted);
        Assert.True(
            (minted * 100) + Of(before).ExportWh - Of(saved).ExportWh <= board.ImpulsesMade,
            "What was counted between the two is minted once, not twice.");

        // Anybody who has both readings suspends it: of one pagination, or the newer one lower.
        Assert.Equal(EnrolledState.Active, await bench.StateAsync(board));
        var twin = board.FirstOf(Of(after).Pagination);
        await bench.ProveCloneAsync(twin == after ? before : twin, after);
        Assert.Equal(EnrolledState.Suspended, await bench.StateAsync(board));
        Assert.Equal(
            SkipReason.MeterNotAccepting, await bench.ReasonAsync(board, board.Newest));
    }

    private static Metering.Reading Of(byte[] signed)
    {
        Assert.Equal(CodecResult.Done, ReadingCodec.Decode(signed, out var reading, out _));
        return reading;
    }
}
