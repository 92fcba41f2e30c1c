using System.Data.Common;
using Dapper;

namespace Helios.Relay;

/// <summary>
/// The schema, as the steps that lead to it. A step that was released is never changed; a database
/// of an older relay takes the steps that it lacks, in one transaction.
/// </summary>
internal static class Migrations
{
    private const string First = """
        CREATE TABLE deployment (chain_id BIGINT NOT NULL, ledger {bytes} NOT NULL);
        CREATE TABLE meter (
            id {id},
            address {bytes} NOT NULL UNIQUE,
            stored_pagination BIGINT NOT NULL DEFAULT 0,
            stored_export_wh BIGINT NOT NULL DEFAULT 0,
            accepted_pagination BIGINT NOT NULL DEFAULT 0,
            accepted_export_wh BIGINT NOT NULL DEFAULT 0,
            coins BIGINT NOT NULL DEFAULT 0,
            gas BIGINT NOT NULL DEFAULT 0);
        CREATE TABLE outgoing (
            id {id},
            sender {bytes} NOT NULL,
            nonce BIGINT NOT NULL,
            hash {bytes} NOT NULL UNIQUE,
            raw {bytes} NOT NULL,
            state BIGINT NOT NULL DEFAULT 0,
            block_number BIGINT NOT NULL DEFAULT 0,
            block_hash TEXT NOT NULL DEFAULT '',
            gas_used BIGINT NOT NULL DEFAULT 0);
        CREATE INDEX outgoing_sent ON outgoing (nonce) WHERE state = 0;
        CREATE INDEX outgoing_nonce ON outgoing (sender, nonce);
        CREATE TABLE reading (
            id {id},
            meter_id BIGINT NOT NULL REFERENCES meter (id),
            pagination BIGINT NOT NULL,
            export_wh BIGINT NOT NULL,
            signed {bytes} NOT NULL,
            stored_at BIGINT NOT NULL,
            not_before BIGINT NOT NULL DEFAULT 0,
            state BIGINT NOT NULL DEFAULT 0,
            reason BIGINT NOT NULL DEFAULT 0,
            failures BIGINT NOT NULL DEFAULT 0,
            was_presented BIGINT NOT NULL DEFAULT 0,
            coins BIGINT NOT NULL DEFAULT 0,
            gas BIGINT NOT NULL DEFAULT 0,
            outgoing_id BIGINT REFERENCES outgoing (id),
            UNIQUE (meter_id, pagination));
        CREATE INDEX reading_pending ON reading (meter_id, pagination) WHERE state = 0;
        CREATE INDEX reading_submitted ON reading (meter_id) WHERE state = 1;
        CREATE INDEX reading_skipped ON reading (reason) WHERE state = 3;
        CREATE INDEX reading_outgoing ON reading (outgoing_id) WHERE outgoing_id IS NOT NULL;
        """;

    // Several copies on one database; fees that rise; sums and maxima are asked, not kept.
    private const string Second = """
        ALTER TABLE meter DROP COLUMN stored_pagination;
        ALTER TABLE meter DROP COLUMN stored_export_wh;
        ALTER TABLE meter DROP COLUMN coins;
        ALTER TABLE meter DROP COLUMN gas;
        ALTER TABLE meter ADD COLUMN claimed_by BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE meter ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX reading_due ON reading (not_before, meter_id) WHERE state = 0;
        CREATE TABLE sender (
            id {id},
            address {bytes} NOT NULL UNIQUE,
            fence BIGINT NOT NULL,
            seen_at BIGINT NOT NULL);
        ALTER TABLE outgoing ADD COLUMN sent_at_block BIGINT NOT NULL DEFAULT 0;
        DROP INDEX outgoing_nonce;
        CREATE UNIQUE INDEX outgoing_nonce ON outgoing (sender, nonce) WHERE state IN (0, 1);
        CREATE INDEX outgoing_sender ON outgoing (sender, nonce);
        CREATE INDEX outgoing_mined ON outgoing (block_number) WHERE state = 1;
        CREATE TABLE replaced (
            hash {bytes} PRIMARY KEY,
            outgoing_id BIGINT NOT NULL REFERENCES outgoing (id));
        CREATE INDEX replaced_outgoing ON replaced (outgoing_id);
        """;

    // A meter may have very many readings that wait: those that were held are found without them.
    private const string Third = """
        CREATE INDEX reading_held ON reading (meter_id) WHERE state = 0 AND was_presented = 1;
        """;

    private static readonly string[] Steps = [First, Second, Third];

    /// <summary>The schema that this relay speaks.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Takes a database from one schema to another.</summary>
    /// <param name="connection">Inside a transaction.</param>
    /// <param name="sql">Its words.</param>
    /// <param name="from">Its schema; 0 is an empty database.</param>
    /// <param name="to">The schema wanted, at most <see cref="Newest"/>.</param>
    public static void Run(DbConnection connection, SqlDialect sql, int from, int to)
    {
        foreach (var step in Steps[from..to])
        {
            connection.Execute(step
                .Replace("{id}", sql.Id, StringComparison.Ordinal)
                .Replace("{bytes}", sql.Bytes, StringComparison.Ordinal));
        }
    }
}
