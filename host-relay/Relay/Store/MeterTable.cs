using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Enrolled meters, where the ledger stands with each, and which copy of the relay serves it. Every
/// method runs inside a transaction of the caller.
/// </summary>
internal static class MeterTable
{
    /// <summary>The meter's row, or null if it was never seen enrolled.</summary>
    public static MeterRow? Find(DbConnection connection, Address meter)
    {
        var row = connection.QuerySingleOrDefault<(long Id, long Accepted, long Stored)?>(
            """
            SELECT id, accepted_pagination,
                   COALESCE((SELECT MAX(pagination) FROM reading WHERE meter_id = meter.id), 0)
            FROM meter WHERE address = @address
            """,
            new { address = meter.ToArray() });
        return row is { } found
            ? new MeterRow(found.Id, meter, (uint)found.Accepted, (uint)found.Stored)
            : null;
    }

    /// <summary>Remembers an enrolled meter and where the ledger stands with it.</summary>
    public static MeterRow Add(DbConnection connection, Address meter, MeterRegisters accepted)
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
        return Find(connection, meter)!;
    }

    /// <summary>Every meter, ordered by row.</summary>
    public static IReadOnlyList<(long Id, Address Address, uint Accepted)> All(
        DbConnection connection) =>
    [
        .. connection.Query<(long Id, byte[] Address, long Accepted)>(
            "SELECT id, address, accepted_pagination FROM meter ORDER BY id")
            .Select(row => (row.Id, new Address(row.Address), (uint)row.Accepted)),
    ];

    /// <summary>Notes what the ledger accepted of a meter.</summary>
    public static void SetAccepted(
        DbConnection connection, long meterId, uint pagination, ulong exportWh) =>
        connection.Execute(
            """
            UPDATE meter SET accepted_pagination = @pagination, accepted_export_wh = @exportWh
            WHERE id = @meterId
            """,
            new { meterId, pagination = (long)pagination, exportWh = (long)exportWh });

    /// <summary>
    /// Takes meters with something due for one copy, so that no two submit for the same meter at
    /// once. A claim that its copy does not renew runs out; one that holds for longer than a claim
    /// can, with nodes a few blocks apart, is a false block's, and counts for nothing.
    /// </summary>
    /// <param name="connection">For writing.</param>
    /// <param name="sql">The database's words.</param>
    /// <param name="copy">The copy's sender row.</param>
    /// <param name="now">Unix seconds of the newest block.</param>
    /// <param name="limit">Meters at most.</param>
    public static void Claim(
        DbConnection connection, SqlDialect sql, long copy, ulong now, int limit) =>
        connection.Execute(
            $"""
            UPDATE meter SET claimed_by = @copy, claimed_until = @until WHERE id IN (
                SELECT id FROM meter
                WHERE ((claimed_by = @copy AND claimed_until <= @renewed)
                       OR claimed_until <= @now OR claimed_until > @tooLate)
                  AND id IN (SELECT meter_id FROM reading WHERE state = 0 AND not_before <= @now)
                LIMIT @limit {sql.SkipLocked})
            """,
            new
            {
                copy,
                limit,
                now = (long)now,
                until = (long)(now + SenderLease.LengthS),
                renewed = (long)(now + (SenderLease.LengthS / 2)),
                tooLate = (long)(now + (2 * SenderLease.LengthS)),
            });
}
