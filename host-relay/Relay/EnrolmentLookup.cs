using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>
/// Finds the row of an enrolled meter. A meter once seen enrolled stays known, even while the node
/// is
/// away; one that is not is asked about again as soon as there is a newer block, and only then.
/// </summary>
internal sealed class EnrolmentLookup(
    LedgerContract ledger, ChainHead head, RelayDatabase database, ILogger log)
{
    // Strangers can invent addresses; the memory for them is limited.
    private const int StrangersMax = 10_000;

    private readonly Dictionary<Address, string> _strangers = [];

    /// <summary>The meter's row, or null while the ledger does not know it.</summary>
    /// <exception cref="NodeUnreachableException">Not known here, and the node cannot be
    /// asked.</exception>
    public async Task<MeterRow?> FindAsync(Address meter, CancellationToken ct)
    {
        var known = database.Read(connection => ReadingTable.FindMeter(connection, meter));
        if (known is not null)
        {
            return known;
        }

        // An enrolment needs a block: in the same block the answer is the same.
        var block = (await head.RefreshAsync(ct)).Hash;
        if (_strangers.TryGetValue(meter, out var askedAt)
            && string.Equals(askedAt, block, StringComparison.Ordinal))
        {
            return null;
        }

        return await AskAsync(meter, block, ct);
    }

    private async Task<MeterRow?> AskAsync(Address meter, string block, CancellationToken ct)
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
