using Helios.Chain;
using Helios.Relay;
using Helios.Tests.HostRelay.Store;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>Random and mutated payloads against decoder and verifier; at night 10,000,000.</summary>
[Collection(nameof(ProofRuns))]
public class PayloadTests
{
    private const int Threads = 2;

    private static int Payloads => Night.Or(10_000_000, 40_000);

    [Fact]
    public async Task No_payload_that_its_meter_did_not_sign_is_taken_and_none_is_fatal()
    {
        var verifier = new ReadingVerifier(
            TestStore.ChainId, TestStore.Ledger, Libsecp256k1.Installed);
        var taken = 0;
        var refused = new int[Enum.GetValues<RefusalReason>().Length];
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            var source = new PayloadSource(
                Night.Seed + thread, TestStore.ChainId, TestStore.Ledger);
            for (var i = 0; i < Payloads / Threads; i++)
            {
                var (topic, payload) = source.Next();
                var reading = verifier.Verify(topic, source.InPieces(payload), out var reason);
                Interlocked.Increment(ref reading is null ? ref refused[(int)reason] : ref taken);
                if (reading is not null != source.IsSigned(topic, payload))
                {
                    Assert.Fail(
                        $"Seed {Night.Seed + thread}, payload {i}: {reading?.Meter} {reason}, "
                        + $"topic {topic}, {Hex.Of(payload)}");
                }
            }
        })));

        Assert.InRange(taken, 1, Payloads / 10);
        Night.Print(
            $"{Payloads} payloads, seed {Night.Seed}: {taken} taken, each signed by its meter; "
            + "refused " + string.Join(", ", refused.Select(
                static (count, reason) => (count, reason)).Where(static pair => pair.count > 0)
                .Select(static pair => $"{(RefusalReason)pair.reason} {pair.count}")));
    }
}
