using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// Random histories of the store against a plain model; at night 100,000 on SQLite and 5,000 on
/// PostgreSQL.
/// </summary>
[Collection(nameof(ProofRuns))]
public class StoreHistoryTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Holds_what_the_model_holds_after_every_step(StoreKind kind)
    {
        var histories = kind == StoreKind.Sqlite ? Night.Or(100_000, 500) : Night.Or(5_000, 50);
        using var test = await TestStore.NewInMemoryAsync(kind, postgres);
        for (var i = 0; i < histories; i++)
        {
            var difference = new StoreHistory(test.Store, Night.Seed + i).Play();
            Assert.True(difference is null, $"Seed {Night.Seed + i}: {difference}");
        }

        Night.Print(
            $"{histories} histories on {kind}, seeds {Night.Seed} to "
            + $"{Night.Seed + histories - 1}: each as the model has it after every step.");
    }
}
