using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Puts carried readings into a relay's database, beside a running relay or without one: it treats
/// them like any others.
/// </summary>
internal sealed class CarriedIntake(IRelayStore store, LedgerContract ledger)
{
    private const int RowsPerCommit = 500;

    private readonly Dictionary<Address, long?> _meterIds = [];

    /// <summary>Stores what is signed by enrolled meters.</summary>
    /// <param name="readings">Whose signatures are checked.</param>
    /// <param name="head">The newest block.</param>
    /// <param name="ct">Ends it between two commits.</param>
    /// <returns>Readings stored, readings known before, a sentence for each other.</returns>
    public async Task<(int Stored, int Known, IReadOnlyList<string> Refusals)> StoreAsync(
        IReadOnlyList<VerifiedReading> readings, Block head, CancellationToken ct)
    {
        var (stored, known, refusals) = (0, 0, new List<string>());
        foreach (var some in readings.Chunk(RowsPerCommit))
        {
            var rows = new List<(long MeterId, VerifiedReading Reading)>();
            foreach (var reading in some)
            {
                if (await MeterIdAsync(reading.Meter, ct) is { } id)
                {
                    rows.Add((id, reading));
                }
                else
                {
                    refusals.Add($"{Name(reading)} is not enrolled in this ledger: enrol it.");
                }
            }

            var outcomes = store.Write(
                connection => ReadingTable.Append(connection, rows, head.Timestamp));
            stored += outcomes.Count(static one => one == AppendOutcome.Stored);
            known += outcomes.Count(static one => one == AppendOutcome.Duplicate);
            refusals.AddRange(rows
                .Where((_, i) => outcomes[i] == AppendOutcome.Conflicting)
                .Select(static row => $"{Name(row.Reading)} is stored with other bytes: its key "
                    + "has a twin, tell its enroller."));
        }

        return (stored, known, refusals);
    }

    private async Task<long?> MeterIdAsync(Address meter, CancellationToken ct)
    {
        if (!_meterIds.TryGetValue(meter, out var id))
        {
            id = store.Read(connection => MeterTable.Find(connection, meter))?.Id
                ?? await AddAsync(meter, ct);
            _meterIds[meter] = id;
        }

        return id;
    }

    private async Task<long?> AddAsync(Address meter, CancellationToken ct)
    {
        if ((await ledger.OwnerOfAsync(meter, ct)).IsZero)
        {
            return null;
        }

        var registers = await ledger.RegistersOfAsync(meter, ct);
        return store.Write(connection => MeterTable.Add(connection, meter, registers)).Id;
    }

    private static string Name(VerifiedReading reading) =>
        $"Reading {reading.Reading.Pagination} of meter {reading.Meter}";
}
