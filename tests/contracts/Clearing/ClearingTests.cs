using System.Diagnostics;

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
        var seed = Night.Seed;
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Books / BooksPerReplay),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct },
            async (batch, _) =>
            {
                var first = batch * BooksPerReplay;
                await Replay.RunAsync(
                    "ReplayBooks",
                    [.. Enumerable.Range(first, BooksPerReplay).Select(i => Line(seed, i))],
                    $"books {first} to {first + BooksPerReplay - 1} of HELIOS_SEED={seed}");
            });

        Night.Print(
            $"{Books} books, HELIOS_SEED={seed}, {clock.Elapsed.TotalSeconds:F0} s.");
    }

    // A promise of IEnergyMarket, seen on the plain implementation: the contract equals it.
    [Fact]
    public void Nothing_with_a_better_limit_than_the_price_is_left_and_all_adds_up()
    {
        var books = new RandomBooks(new Random(Night.Seed));
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
}
