using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Finds the row of an enrolled meter. A meter once seen enrolled stays known, even while the node
/// is away; one that is not is asked about again when there is a newer block, and only then.
/// </summary>
internal sealed class EnrolmentLookup(
    LedgerContract ledger, ChainHead head, RelayDatabase database, ILogger log)
{
    // Strangers can invent addresses; the memory for them is limited.
    private const int StrangersMax = 10_000;

    private readonly Dictionary<Address, string> _strangers = [];

    /// <summary>The row of a meter that was seen enrolled before, else null.</summary>
    public MeterRow? FindKnown(Address meter) =>
        database.Read(connection => ReadingTable.FindMeter(connection, meter));

    /// <summary>Asks the ledger: the meter's new row, or null while it does not know it.</summary>
    /// <exception cref="NodeUnreachableException">The node cannot be asked.</exception>
    public async Task<MeterRow?> AskAsync(Address meter, CancellationToken ct)
    {
        // An enrolment needs a block: in the same block the answer is the same.
        var block = (await head.RefreshAsync(ct)).Hash;
        if (_strangers.TryGetValue(meter, out var askedAt)
            && string.Equals(askedAt, block, StringComparison.Ordinal))
        {
            return null;
        }

        return await AskAsync(meter, block, ct);
    }

    private async Task<MeterRow?> AskAsync(
        Address meter, string block, CancellationToken ct)
    {
        var owner = await ledger.OwnerOfAsync(meter, ct);
        if (owner.IsZero)
        {
            if (_strangers.Count >= StrangersMax)
            {
                _strangers.Clear();
            }

            _strangers[meter] = block;
            return null;
        }

        var registers = await ledger.RegistersOfAsync(meter, ct);
        _strangers.Remove(meter);
        log.MeterFound(meter, owner);
        return database.Write(connection => ReadingTable.AddMeter(connection, meter, registers));
    }
}
