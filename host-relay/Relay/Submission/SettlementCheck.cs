using Helios.Chain;
using Helios.Messaging;

namespace Helios.Relay;

/// <summary>
/// Tells which readings settle something: energy that was redeemed is open, and the reading says
/// more of its delivery or return than the ledger has. Without it on chain, the owner waits for
/// his refund, and can redeem less.
/// </summary>
internal sealed class SettlementCheck(ChainNode node, LedgerContract ledger)
{
    // Asked for once a process: it never changes.
    private RedemptionsContract? _redemptions;

    /// <summary>For each reading, in the order given, whether it would settle something.</summary>
    public async Task<IReadOnlyList<bool>> SettlesAsync(
        IReadOnlyList<Candidate> candidates, CancellationToken ct)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        _redemptions ??= new RedemptionsContract(
            node, await ledger.RedemptionsAsync(ct), ledger.Address);
        Address[] meters = [.. candidates.Select(static candidate => candidate.Meter)];
        var open = await _redemptions.OpenWhOfAsync(meters, ct);
        var accepted = await ledger.RegistersOfAsync(meters, null, ct);
        return [.. Enumerable.Range(0, meters.Length).Select(
            i => open[i] > 0 && IsMore(candidates[i].Signed, accepted[i]))];
    }

    private static bool IsMore(byte[] signed, MeterRegisters accepted) =>
        ReadingCodec.Decode(signed, out var reading, out _) == CodecResult.Done
        && (reading.ImportWh > accepted.ImportWh || reading.ReturnedWh > accepted.ReturnedWh);
}
