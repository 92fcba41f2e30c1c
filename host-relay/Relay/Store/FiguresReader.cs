using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>Counts what the database holds.</summary>
internal static class FiguresReader
{
    public static RelayFigures Read(IRelayStore store, IntakeFigures intake) =>
        store.Read(connection =>
        {
            var readings = connection.Query<(long State, long Count)>(
                "SELECT state, COUNT(*) FROM reading GROUP BY state")
                .ToDictionary(row => (ReadingState)row.State, row => row.Count);
            var skipped = connection.Query<(long Reason, long Count)>(
                "SELECT reason, COUNT(*) FROM reading WHERE state = 3 GROUP BY reason")
                .ToDictionary(row => (SkipReason)row.Reason, row => row.Count);
            var (transactions, unconfirmed, gas) = connection.QuerySingle<(long, long, long)>(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 0),
                       CAST(COALESCE(SUM(gas_used), 0) AS BIGINT)
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

    /// <summary>Readings that wait for a transaction; looks at no others.</summary>
    public static long CountPending(DbConnection connection) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM reading WHERE state = 0");

    private static List<MeterFigures> Meters(DbConnection connection) =>
    [
        .. connection.Query<Row>(
            """
            SELECT meter.address AS Meter,
                   COALESCE(MAX(reading.pagination), 0) AS StoredPagination,
                   COALESCE((SELECT export_wh FROM reading AS newest
                             WHERE newest.meter_id = meter.id
                             ORDER BY newest.pagination DESC LIMIT 1), 0) AS StoredExportWh,
                   meter.accepted_pagination AS AcceptedPagination,
                   meter.accepted_export_wh AS AcceptedExportWh,
                   CAST(COALESCE(SUM(reading.coins), 0) AS BIGINT) AS Coins,
                   CAST(COALESCE(SUM(reading.gas), 0) AS BIGINT) AS GasUsed,
                   COUNT(reading.id) AS ReadingsStored,
                   COUNT(reading.id) FILTER (WHERE reading.state = 2) AS ReadingsAccepted
            FROM meter LEFT JOIN reading ON reading.meter_id = meter.id
            GROUP BY meter.id ORDER BY meter.address
            """)
            .Select(row => new MeterFigures(
                new Address(row.Meter),
                (uint)row.StoredPagination,
                (ulong)row.StoredExportWh,
                (uint)row.AcceptedPagination,
                (ulong)row.AcceptedExportWh,
                row.ReadingsStored,
                row.ReadingsAccepted,
                (ulong)row.Coins,
                (ulong)row.GasUsed)),
    ];

    // As the databases have it: integers of 64 bits, signed.
    private sealed record Row
    {
        public byte[] Meter { get; init; } = [];

        public long StoredPagination { get; init; }

        public long StoredExportWh { get; init; }

        public long AcceptedPagination { get; init; }

        public long AcceptedExportWh { get; init; }

        public long Coins { get; init; }

        public long GasUsed { get; init; }

        public long ReadingsStored { get; init; }

        public long ReadingsAccepted { get; init; }
    }
}
