using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Relay;

/// <summary>
/// Meters and readings in the database, up to the moment a reading goes into a transaction. Every
/// method runs inside a transaction of the caller.
/// </summary>
internal static class ReadingTable
{
    /// <summary>The meter's row, or null if nothing of it was ever stored.</summary>
    public static MeterRow? FindMeter(SqliteConnection connection, Address meter)
    {
        var row = connection.QuerySingleOrDefault<(long Id, long Stored, long Accepted)?>(
            "SELECT id, stored_pagination, accepted_pagination FROM meter WHERE address = "
                + "@address",
            new { address = meter.ToArray() });
        return row is { } found
            ? new MeterRow(found.Id, meter, (uint)found.Stored, (uint)found.Accepted)
            : null;
    }

    /// <summary>Remembers an enrolled meter and where the ledger stands with it.</summary>
    public static MeterRow AddMeter(
        SqliteConnection connection, Address meter, MeterRegisters accepted)
    {
        connection.Execute(
            """
            INSERT INTO meter (address, accepted_pagination, accepted_export_wh)
            VALUES (@address, @pagination, @exportWh) ON CONFLICT DO NOTHING
            """,
            new
            {
                address = meter.ToArray(),
                pagination = (long)accepted.Pagination,
                exportWh = (long)accepted.ExportWh,
            });
        return FindMeter(connection, meter)!;
    }

    /// <summary>Stores a reading unless it is known or no longer newer.</summary>
    /// <param name="connection">Inside a transaction.</param>
    /// <param name="meter">The meter's row.</param>
    /// <param name="reading">What it signed.</param>
    /// <param name="storedAt">Unix seconds of the newest block.</param>
    public static AppendOutcome Append(
        SqliteConnection connection, MeterRow meter, VerifiedReading reading, ulong storedAt)
    {
        var pagination = (long)reading.Reading.Pagination;
        var known = connection.QuerySingleOrDefault<byte[]?>(
            "SELECT signed FROM reading WHERE meter_id = @Id AND pagination = @pagination",
            new { meter.Id, pagination });
        if (known is not null)
        {
            return known.AsSpan().SequenceEqual(reading.Signed)
                ? AppendOutcome.Duplicate
                : AppendOutcome.Conflicting;
        }

        if (reading.Reading.Pagination <= meter.AcceptedPagination)
        {
            return AppendOutcome.NotNewer;
        }

        var exportWh = (long)reading.Reading.ExportWh;
        connection.Execute(
            """
            INSERT INTO reading (meter_id, pagination, export_wh, signed, stored_at)
            VALUES (@Id, @pagination, @exportWh, @Signed, @storedAt);
            UPDATE meter SET stored_pagination = @pagination, stored_export_wh = @exportWh
            WHERE id = @Id AND stored_pagination < @pagination;
            """,
            new { meter.Id, pagination, exportWh, reading.Signed, storedAt = (long)storedAt });
        return AppendOutcome.Stored;
    }

    /// <summary>
    /// The newest reading of each meter that waits for nothing: no transaction of its meter is
    /// under way, and its own time has come.
    /// </summary>
    /// <param name="connection">For reading.</param>
    /// <param name="now">Unix seconds of the newest block.</param>
    /// <param name="limit">Rows at most.</param>
    public static IReadOnlyList<Candidate> Candidates(
        SqliteConnection connection, ulong now, int limit)
    {
        var rows = connection.Query<CandidateRow>(
            """
            SELECT r.id AS Id, r.meter_id AS MeterId, m.address AS Meter, r.signed AS Signed,
                   r.stored_at AS StoredAt, r.failures AS Failures,
                   EXISTS (SELECT 1 FROM reading h WHERE h.meter_id = r.meter_id
                           AND h.state = 0 AND h.was_presented = 1) AS IsOneHeld
            FROM (SELECT meter_id, MAX(pagination) AS newest FROM reading
                  WHERE state = 0 AND not_before <= @now GROUP BY meter_id) AS best
            JOIN reading r ON r.meter_id = best.meter_id AND r.pagination = best.newest
            JOIN meter m ON m.id = r.meter_id
            WHERE NOT EXISTS (SELECT 1 FROM reading s WHERE s.meter_id = r.meter_id AND s.state = 1)
            LIMIT @limit
            """,
            new { now = (long)now, limit });
        return [.. rows.Select(row => row.ToCandidate())];
    }

    /// <summary>Lets a pending reading rest until a block has this time.</summary>
    public static void Postpone(SqliteConnection connection, long readingId, ulong notBefore) =>
        connection.Execute(
            "UPDATE reading SET not_before = @notBefore WHERE id = @readingId AND state = 0",
            new { readingId, notBefore = (long)Math.Min(notBefore, long.MaxValue) });

    /// <summary>Gives a pending reading up, for a reason that time does not mend.</summary>
    public static void Skip(SqliteConnection connection, long readingId, SkipReason reason) =>
        connection.Execute(
            "UPDATE reading SET state = 3, reason = @reason WHERE id = @readingId AND state = 0",
            new { readingId, reason = (int)reason });

    /// <summary>
    /// Takes over what the ledger accepted, from whomever. If it stands lower than it stood (a
    /// block was undone), what was above it is pending again.
    /// </summary>
    public static void SetAccepted(
        SqliteConnection connection, long meterId, MeterRegisters registers) => connection.Execute(
        """
        UPDATE reading SET state = 0, reason = 0, not_before = 0, coins = 0, gas = 0,
            outgoing_id = NULL
        WHERE meter_id = @meterId AND state IN (2, 4) AND pagination > @pagination;
        UPDATE reading SET state = 4
        WHERE meter_id = @meterId AND state = 0 AND pagination <= @pagination;
        UPDATE meter SET accepted_pagination = @pagination, accepted_export_wh = @exportWh,
            coins = (SELECT COALESCE(SUM(coins), 0) FROM reading WHERE meter_id = @meterId),
            gas = (SELECT COALESCE(SUM(gas), 0) FROM reading WHERE meter_id = @meterId)
        WHERE id = @meterId;
        """,
        new
        {
            meterId,
            pagination = (long)registers.Pagination,
            exportWh = (long)registers.ExportWh,
        });

    /// <summary>Every meter, ordered by row.</summary>
    public static IReadOnlyList<MeterRow> Meters(SqliteConnection connection) =>
    [
        .. connection.Query<(long Id, byte[] Address, long Stored, long Accepted)>(
            "SELECT id, address, stored_pagination, accepted_pagination FROM meter ORDER BY id")
            .Select(row => new MeterRow(
                row.Id, new Address(row.Address), (uint)row.Stored, (uint)row.Accepted)),
    ];

    private sealed class CandidateRow
    {
        public long Id { get; init; }

        public long MeterId { get; init; }

        public required byte[] Meter { get; init; }

        public required byte[] Signed { get; init; }

        public long StoredAt { get; init; }

        public int Failures { get; init; }

        public bool IsOneHeld { get; init; }

        public Candidate ToCandidate() => new(
            Id, MeterId, new Address(Meter), Signed, (ulong)StoredAt, Failures, IsOneHeld);
    }
}
