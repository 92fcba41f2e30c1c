using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Stored readings for people to look at and to carry: row by row, however many there are.
/// </summary>
internal static class ReadingHistory
{
    private const string Columns =
        """
        SELECT m.address AS Meter, r.signed AS Signed, r.state AS State, r.reason AS Reason,
               r.coins AS Coins, o.hash AS Hash
        FROM reading r
        JOIN meter m ON m.id = r.meter_id LEFT JOIN outgoing o ON o.id = r.outgoing_id
        """;

    /// <summary>All readings of a meter, oldest first.</summary>
    public static IEnumerable<StoredReading> Of(DbConnection connection, Address meter) =>
        Query(connection, "WHERE m.address = @address ORDER BY r.pagination", meter);

    /// <summary>
    /// Readings, oldest first within a meter; without <paramref name="isAll"/> those that the
    /// ledger has not got, as far as is known, neither themselves nor a newer one instead.
    /// </summary>
    /// <param name="connection">For reading, until the last row is read.</param>
    /// <param name="meter">Whose; null for everybody's.</param>
    /// <param name="isAll">Those that the ledger has too.</param>
    public static IEnumerable<StoredReading> ToCarry(
        DbConnection connection, Address? meter, bool isAll) => Query(
        connection,
        (meter is null ? "WHERE TRUE" : "WHERE m.address = @address")
            + (isAll ? "" : " AND r.state IN (0, 1, 3)")
            + " ORDER BY m.address, r.pagination",
        meter);

    private static IEnumerable<StoredReading> Query(
        DbConnection connection, string where, Address? meter) =>
        connection.Query<Row>(
            $"{Columns} {where}", new { address = meter?.ToArray() ?? [] }, buffered: false)
            .Select(static row => new StoredReading(
                new Address(row.Meter),
                row.Signed,
                (ReadingState)row.State,
                (SkipReason)row.Reason,
                (ulong)row.Coins,
                row.Hash));

    private sealed class Row
    {
        public required byte[] Meter { get; init; }

        public required byte[] Signed { get; init; }

        public long State { get; init; }

        public long Reason { get; init; }

        public long Coins { get; init; }

        public byte[]? Hash { get; init; }
    }
}
