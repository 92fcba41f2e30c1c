namespace Helios.Tests.Element;

/// <summary>What the element signs, judged by the contract on a real EVM.</summary>
public sealed class ContractTests
{
    private const int Bits = 163 * 8;

    private static readonly int Readings = Night.IsOn ? 10_000 : 200;

    [Fact(Timeout = 1_800_000)]
    public async Task Every_reading_that_the_element_signs_is_accepted_by_the_contract()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var ledger = await LedgerOnChain.StartAsync(ct);
        var signed = Enumerable.Range(2, Readings)
            .Select(pagination => ledger.Sign((uint)pagination))
            .ToArray();

        var taken = await ledger.AreTakenAsync(signed, ct);
        Assert.Equal(Readings, taken.Count(isTaken => isTaken));
    }

    [Fact(Timeout = 600_000)]
    public async Task Each_of_the_1304_bits_flipped_is_refused_by_the_contract()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var ledger = await LedgerOnChain.StartAsync(ct);
        var signed = ledger.Sign(77);
        var flipped = Enumerable.Range(0, Bits).Select(bit =>
        {
            byte[] reading = [.. signed];
            reading[bit / 8] ^= (byte)(1 << (bit % 8));
            return reading;
        });

        var whole = await ledger.AreTakenAsync([signed], ct);
        var taken = await ledger.AreTakenAsync([.. flipped], ct);
        Assert.True(whole[0]);
        Assert.Equal(Bits, taken.Length);
        Assert.DoesNotContain(true, taken);
    }
}
