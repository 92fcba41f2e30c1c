using System.Diagnostics;
using Helios.Tests.Contracts;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// Random lives of a consumer's meter, from coins to energy and back: the firmware and the
/// controller's decision against a plain model of the chain, then the real contracts against the
/// same model, every number after every call. At night 100,000 of them.
/// </summary>
public class HistoryTests
{
    // The firmware signs every reading of one history in so many; the replay signs the others.
    private const int SignedHereEvery = 16;

    private static readonly int Histories = Night.IsOn ? 100_000 : 300;
    private static readonly int HistoriesPerReplay = Night.IsOn ? 250 : 150;

    [Fact]
    public async Task Nobody_wins_or_loses_whatever_happens_between_coin_and_energy()
    {
        var ct = TestContext.Current.CancellationToken;
        var seed = Night.Seed;
        var clock = Stopwatch.StartNew();
        HistoryFigures figures = new();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Histories / HistoriesPerReplay),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct },
            async (batch, _) =>
            {
                HistoryFigures its = new();
                var lines = new string[HistoriesPerReplay];
                for (var i = 0; i < lines.Length; i++)
                {
                    lines[i] = LiveOne(seed + (batch * HistoriesPerReplay) + i, its);
                }

                await Replay.RunAsync(
                    "ReplayHistories",
                    lines,
                    $"{lines.Length} histories from HELIOS_SEED="
                        + $"{seed + (batch * HistoriesPerReplay)}");
                figures.Add(its);
            });

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Histories} histories, HELIOS_SEED={seed}, "
            + $"{clock.Elapsed.TotalSeconds:F0} s: {figures}.");
    }

    private static string LiveOne(int seed, HistoryFigures figures)
    {
        try
        {
            return new History(seed, seed % SignedHereEvery == 0, figures).Live();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"The history of HELIOS_SEED={seed} fails: {failure.Message}", failure);
        }
    }
}
