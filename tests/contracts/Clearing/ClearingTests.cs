using System.Diagnostics;
using Helios.Tests.Firmware;

namespace Helios.Tests.Contracts.Clearing;

/// <summary>
/// The market's auctions against a plain implementation: 300 random books by day, 100,000 at
/// night, each cleared in steps of a random size and settled in a random order.
/// </summary>
public sealed class ClearingTests
{
    private static readonly int Books = Night.IsOn ? 100_000 : 300;
    private static readonly int BooksPerReplay = Night.IsOn ? 1000 : 150;
    private static readonly BookKind[] Kinds = Enum.GetValues<BookKind>();

    [Fact]
    public async Task Clearing_equals_a_plain_implementation_whatever_the_book_and_the_steps()
    {
        var ct = TestContext.Current.CancellationToken;
        var seed = SeedOfRun();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Books / BooksPerReplay),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct },
            async (batch, _) =>
            {
                var first = batch * BooksPerReplay;
                await ReplayAsync(
                    [.. Enumerable.Range(first, BooksPerReplay).Select(i => Line(seed, i))],
                    $"books {first} to {first + BooksPerReplay - 1} of HELIOS_SEED={seed}");
            });

        Report(seed, clock.Elapsed);
    }

    // A promise of IEnergyMarket, seen on the plain implementation: the contract equals it.
    [Fact]
    public void Nothing_with_a_better_limit_than_the_price_is_left_and_all_adds_up()
    {
        var books = new RandomBooks(new Random(SeedOfRun()));
        foreach (var kind in Enumerable.Range(0, 50).SelectMany(_ => Kinds))
        {
            var book = books.Draw(kind);
            var auction = new PlainAuction(book);
            ulong[] moved = [0, 0];
            for (var i = 0; i < book.Count; i++)
            {
                var isBetter = book[i].IsBid
                    ? book[i].Ticks > auction.PriceTicks
                    : book[i].Ticks < auction.PriceTicks;
                moved[book[i].IsBid ? 1 : 0] += auction.Filled[i];
                Assert.True(auction.Filled[i] <= book[i].Lots, $"{kind}: too much");
                Assert.True(
                    auction.Volume == 0 || !isBetter || auction.Filled[i] == book[i].Lots,
                    $"{kind}: a better limit is left");
            }

            Assert.Equal([auction.Volume, auction.Volume], moved);
        }
    }

    // A random generator a book, so that any one can be drawn again alone.
    private static string Line(int seed, int number)
    {
        Random random = new(unchecked((seed * 1_000_003) + number));
        var book = new RandomBooks(random).Draw(Kinds[number % Kinds.Length]);
        var settling = Enumerable.Range(0, book.Count).ToArray();
        random.Shuffle(settling);

        // One step in two books of three; the rest in up to some forty.
        var levels = random.Next(3) == 0 ? random.Next(50, 2049) : 2048;
        return BookLine.Of(book, new PlainAuction(book), levels, settling);
    }

    private static async Task ReplayAsync(IReadOnlyCollection<string> lines, string which)
    {
        // The one folder that the replay may read.
        var folder = Directory.CreateDirectory(
            Path.Combine(Forge.ContractsFolder, "cache", "books"));
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllLinesAsync(path, lines);
            var (exitCode, output, error) = await Forge.RunAsync(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["FOUNDRY_PROFILE"] = "replay",
                    ["HELIOS_BOOKS"] = path,
                },
                "test",
                "--match-contract",
                "ReplayBooks");
            Assert.True(
                exitCode == 0 && output.Contains("1 passed", StringComparison.Ordinal),
                $"{which}: {output}{error}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Report(int seed, TimeSpan took)
    {
        var figures = $"{Books} books, HELIOS_SEED={seed}, {took.TotalSeconds:F0} s.";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("HELIOS_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, figures + Environment.NewLine);
        }
    }

    private static int SeedOfRun() =>
        int.TryParse(Environment.GetEnvironmentVariable("HELIOS_SEED"), out var given)
            ? given
            : Environment.TickCount & 0xffffff;
}
