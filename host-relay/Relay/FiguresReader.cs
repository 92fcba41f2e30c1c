using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Relay;

/// <summary>Counts what the database holds.</summary>
internal static class FiguresReader
{
    public static RelayFigures Read(RelayDatabase database, IntakeFigures intake) =>
        database.Read(connection =>
        {
            var readings = connection.Query<(long State, long Count)>(
                "SELECT state, COUNT(*) FROM reading GROUP BY state")
                .ToDictionary(row => (ReadingState)row.State, row => row.Count);
            var skipped = connection.Query<(long Reason, long Count)>(
                "SELECT reason, COUNT(*) FROM reading WHERE state = 3 GROUP BY reason")
                .ToDictionary(row => (SkipReason)row.Reason, row => row.Count);
            var (transactions, unconfirmed, gas) = connection.QuerySingle<(long, long, long)>(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 0), COALESCE(SUM(gas_used), 0)
                FROM outgoing
                """);
            return new RelayFigures
            {
                Received = intake.Received,
                Duplicates = intake.Duplicates,
                Refused = intake.Refused(),
                Stored = readings.Values.Sum(),
                Pending = readings.GetValueOrDefault(ReadingState.Pending),
                Accepted = readings.GetValueOrDefault(ReadingState.Accepted),
                Superseded = readings.GetValueOrDefault(ReadingState.Superseded),
                Skipped = skipped,
                Transactions = transactions,
                Unconfirmed = unconfirmed,
                GasUsed = (ulong)gas,
                Meters = Meters(connection),
            };
        });

    private static List<MeterFigures> Meters(SqliteConnection connection) =>
    [
        .. connection.Query<(byte[] Meter, long Stored, long StoredWh, long Accepted, long AcceptedWh,
            long Coins, long Gas)>(
            """
            SELECT address, stored_pagination, stored_export_wh, accepted_pagination,
                   accepted_export_wh, coins, gas
            FROM meter ORDER BY address
            """)
            .Select(row => new MeterFigures(
                new Address(row.Meter),
                (uint)row.Stored,
                (ulong)row.StoredWh,
                (uint)row.Accepted,
                (ulong)row.AcceptedWh,
                (ulong)row.Coins,
                (ulong)row.Gas)),
    ];
}
