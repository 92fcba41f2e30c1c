using System.Data.Common;
using System.Globalization;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Readings as they come in and as they are looked for. Their states change in
/// <see cref="ReadingStates"/>. Every method runs inside a transaction of the caller.
/// </summary>
internal static class ReadingTable
{
    // SQLite finds a parameter's name by looking through all: longer statements are slower.
    private const int RowsPerStatement = 50;

    private static readonly string[] Inserts =
        [.. Enumerable.Range(0, RowsPerStatement + 1).Select(InsertOf)];

    /// <summary>Stores readings unless they are known; durable once committed.</summary>
    /// <param name="connection">For writing.</param>
    /// <param name="readings">Meters' rows and what they signed, in any order.</param>
    /// <param name="storedAt">Unix seconds of the newest block.</param>
    /// <returns>What became of each.</returns>
    public static AppendOutcome[] Append(
        DbConnection connection,
        IReadOnlyList<(long MeterId, VerifiedReading Reading)> readings,
        ulong storedAt)
    {
        // One order for all copies: two that store the same readings cannot wait for each other.
        var sorted = readings
            .OrderBy(static one => one.MeterId)
            .ThenBy(static one => one.Reading.Reading.Pagination)
            .ToArray();
        var added = new HashSet<(long, long)>();
        foreach (var some in sorted.Chunk(RowsPerStatement))
        {
            Insert(connection, some, storedAt, added);
        }

        // Of repetitions within one call the first counts as stored.
        return [.. readings.Select(one =>
            added.Remove((one.MeterId, one.Reading.Reading.Pagination))
                ? AppendOutcome.Stored
                : Compare(connection, one.MeterId, one.Reading))];
    }

    /// <summary>
    /// The newest reading of each of a copy's meters that waits for nothing: no transaction of its
    /// meter is under way, and its own time has come.
    /// </summary>
    /// <param name="connection">For reading.</param>
    /// <param name="copy">The copy's sender row.</param>
    /// <param name="now">Unix seconds of the newest block.</param>
    /// <param name="limit">Rows at most.</param>
    public static IReadOnlyList<Candidate> Candidates(
        DbConnection connection, long copy, ulong now, int limit)
    {
        // The plus keeps SQLite from grouping by an index, and so from looking at all that wait.
        var rows = connection.Query<CandidateRow>(
            """
            SELECT r.id AS Id, r.meter_id AS MeterId, r.pagination AS Pagination,
                   m.address AS Meter, r.signed AS Signed,
                   r.stored_at AS StoredAt, r.failures AS Failures,
                   (SELECT COUNT(*) FROM reading h WHERE h.meter_id = r.meter_id
                    AND h.state = 0 AND h.was_presented = 1) AS Held
            FROM (SELECT MIN(meter_id) AS meter_id, MAX(pagination) AS newest FROM reading
                  WHERE state = 0 AND not_before <= @now GROUP BY +meter_id) AS best
            JOIN reading r ON r.meter_id = best.meter_id AND r.pagination = best.newest
            JOIN meter m ON m.id = r.meter_id
            WHERE m.claimed_by = @copy AND m.claimed_until > @now
              AND NOT EXISTS (SELECT 1 FROM reading s WHERE s.meter_id = r.meter_id AND s.state = 1)
            LIMIT @limit
            """,
            new { copy, now = (long)now, limit });
        return [.. rows.Select(static row => row.ToCandidate())];
    }

    /// <summary>The readings that a transaction carries.</summary>
    public static IReadOnlyList<(Address Meter, uint Pagination, byte[] Signed)> CarriedBy(
        DbConnection connection, long outgoingId) =>
    [
        .. connection.Query<(byte[] Meter, long Pagination, byte[] Signed)>(
            """
            SELECT m.address, r.pagination, r.signed FROM reading r
            JOIN meter m ON m.id = r.meter_id WHERE r.outgoing_id = @outgoingId
            """,
            new { outgoingId })
            .Select(static row => (new Address(row.Meter), (uint)row.Pagination, row.Signed)),
    ];

    /// <summary>
    /// Those of some readings that a transaction's bytes contain, whatever the database says of
    /// where they are.
    /// </summary>
    public static HashSet<(Address Meter, uint Pagination)> ContainedIn(
        DbConnection connection, byte[] raw, IEnumerable<(Address Meter, uint Pagination)> some) =>
    [
        .. some.Where(one => connection.QuerySingleOrDefault<byte[]>(
            """
            SELECT signed FROM reading WHERE pagination = @pagination
              AND meter_id = (SELECT id FROM meter WHERE address = @address)
            """,
            new { pagination = (long)one.Pagination, address = one.Meter.ToArray() }) is { } signed
            && raw.AsSpan().IndexOf(signed) >= 0),
    ];

    /// <summary>Whether anything waits that is not put off.</summary>
    public static bool IsAnyDue(DbConnection connection, ulong now) =>
        connection.ExecuteScalar<long?>(
            "SELECT id FROM reading WHERE state = 0 AND not_before <= @now LIMIT 1",
            new { now = (long)now }) is not null;

    private static void Insert(
        DbConnection connection,
        (long MeterId, VerifiedReading Reading)[] readings,
        ulong storedAt,
        HashSet<(long MeterId, long Pagination)> added)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Inserts[readings.Length];
        Add(command, "t", (long)storedAt);
        for (var i = 0; i < readings.Length; i++)
        {
            var (meterId, reading) = readings[i];
            Add(command, $"m{i}", meterId);
            Add(command, $"p{i}", (long)reading.Reading.Pagination);
            Add(command, $"e{i}", (long)reading.Reading.ExportWh);
            Add(command, $"s{i}", reading.Signed);
        }

        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            added.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }
    }

    private static void Add(DbCommand command, string name, object content)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = content;
        command.Parameters.Add(parameter);
    }

    private static string InsertOf(int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO reading (meter_id, pagination, export_wh, signed, stored_at)
        VALUES {string.Join(',', Enumerable.Range(0, rows).Select(
            static i => $"(@m{i}, @p{i}, @e{i}, @s{i}, @t)"))}
        ON CONFLICT (meter_id, pagination) DO NOTHING RETURNING meter_id, pagination
        """);

    private static AppendOutcome Compare(
        DbConnection connection, long meterId, VerifiedReading reading)
    {
        var known = connection.QuerySingle<byte[]>(
            "SELECT signed FROM reading WHERE meter_id = @meterId AND pagination = @pagination",
            new { meterId, pagination = (long)reading.Reading.Pagination });
        return known.AsSpan().SequenceEqual(reading.Signed)
            ? AppendOutcome.Duplicate
            : AppendOutcome.Conflicting;
    }

    private sealed class CandidateRow
    {
        public long Id { get; init; }

        public long MeterId { get; init; }

        public long Pagination { get; init; }

        public required byte[] Meter { get; init; }

        public required byte[] Signed { get; init; }

        public long StoredAt { get; init; }

        public long Failures { get; init; }

        public long Held { get; init; }

        public Candidate ToCandidate() => new(
            Id,
            MeterId,
            Pagination,
            new Address(Meter),
            Signed,
            (ulong)StoredAt,
            (int)Failures,
            Held > 0);
    }
}
