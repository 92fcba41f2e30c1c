using Dapper;
using Helios.Chain;
using Microsoft.Data.Sqlite;

namespace Helios.Relay;

/// <summary>
/// Signed transactions in the database, and what becomes of the readings in them. Every method
/// runs inside a transaction of the caller.
/// </summary>
internal static class OutgoingTable
{
    /// <summary>A reading is given up after so many reverted transactions of its own.</summary>
    private const int FailuresMax = 4;

    private const string Columns =
        "SELECT id, sender, nonce, hash, raw, block_hash FROM outgoing ";

    /// <summary>
    /// The nonce after the last transaction of a sender that no block contains yet.
    /// </summary>
    public static ulong NextNonce(SqliteConnection connection, Address sender, ulong nonceOnChain)
    {
        var highest = connection.ExecuteScalar<long?>(
            "SELECT MAX(nonce) FROM outgoing WHERE state = 0 AND sender = @sender",
            new { sender = sender.ToArray() });
        return Math.Max(nonceOnChain, highest is { } nonce ? (ulong)nonce + 1 : 0);
    }

    /// <summary>
    /// Makes the sender's nonces follow each other from the chain's on, where a node was mistaken
    /// or a reorg undid another's transaction: a lost one whose nonce is free again is to be sent
    /// again as it was signed; what lies behind a nonce that nothing has could never be mined, so
    /// its readings wait for a new transaction.
    /// </summary>
    /// <returns>Nonces out of reach.</returns>
    public static IReadOnlyList<ulong> CloseGaps(
        SqliteConnection connection, Address sender, ulong nonceOnChain)
    {
        var outOfReach = new List<ulong>();
        var next = (long)nonceOnChain;
        foreach (var (id, nonce, state) in connection.Query<(long, long, OutgoingState)>(
            """
            SELECT id, nonce, state FROM outgoing WHERE sender = @sender AND nonce >= @next
            ORDER BY nonce, state
            """,
            new { sender = sender.ToArray(), next }))
        {
            if (nonce == next)
            {
                connection.Execute(
                    "UPDATE outgoing SET state = 0 WHERE id = @id AND state = 2", new { id });
                next++;
            }
            else if (nonce > next && state == OutgoingState.Sent)
            {
                Lose(connection, id);
                outOfReach.Add((ulong)nonce);
            }
        }

        return outOfReach;
    }

    /// <summary>Keeps nonce, bytes and readings together, before the first broadcast.</summary>
    public static OutgoingRow Add(
        SqliteConnection connection,
        Address sender,
        SignedTransaction transaction,
        IEnumerable<Candidate> batch)
    {
        var id = connection.ExecuteScalar<long>(
            """
            INSERT INTO outgoing (sender, nonce, hash, raw) VALUES (@sender, @nonce, @Hash, @Raw)
            RETURNING id
            """,
            new
            {
                sender = sender.ToArray(),
                nonce = (long)transaction.Nonce,
                transaction.Hash,
                transaction.Raw,
            });
        connection.Execute(
            "UPDATE reading SET state = 1, outgoing_id = @id WHERE id = @ReadingId",
            batch.Select(candidate => new { id, candidate.ReadingId }));
        return new OutgoingRow(
            id, sender, transaction.Nonce, transaction.Hash, transaction.Raw, "");
    }

    /// <summary>Transactions that no block contains yet, lowest nonce first.</summary>
    public static IReadOnlyList<OutgoingRow> Sent(SqliteConnection connection) =>
        Query(connection, "WHERE state = 0 ORDER BY nonce, id", null);

    /// <summary>How many transactions no block contains yet.</summary>
    public static int CountSent(SqliteConnection connection) =>
        connection.ExecuteScalar<int>("SELECT COUNT(*) FROM outgoing WHERE state = 0");

    /// <summary>Transactions seen in a block of this height or a higher one.</summary>
    public static IReadOnlyList<OutgoingRow> MinedSince(
        SqliteConnection connection, ulong block) =>
        Query(
            connection, "WHERE state = 1 AND block_number >= @block", new { block = (long)block });

    /// <summary>
    /// Transactions seen in a block, although the chain now counts fewer of the sender.
    /// </summary>
    public static IReadOnlyList<OutgoingRow> MinedFrom(
        SqliteConnection connection, Address sender, ulong nonce) =>
        Query(
            connection,
            "WHERE state = 1 AND sender = @sender AND nonce >= @nonce",
            new { sender = sender.ToArray(), nonce = (long)nonce });

    /// <summary>Takes back that a block contained it: the block is gone.</summary>
    public static void Undo(
        SqliteConnection connection, OutgoingRow outgoing) => connection.Execute(
        """
        UPDATE meter SET
            coins = coins - (SELECT SUM(coins) FROM reading
                             WHERE meter_id = meter.id AND outgoing_id = @Id),
            gas = gas - (SELECT SUM(gas) FROM reading
                         WHERE meter_id = meter.id AND outgoing_id = @Id)
        WHERE id IN (SELECT meter_id FROM reading WHERE outgoing_id = @Id);
        UPDATE reading SET state = 1, reason = 0, coins = 0, gas = 0 WHERE outgoing_id = @Id;
        UPDATE outgoing SET state = 0, block_number = 0, block_hash = '', gas_used = 0
        WHERE id = @Id;
        """,
        new { outgoing.Id });

    /// <summary>Another transaction took the nonce: its readings wait for a new one.</summary>
    public static void Lose(
        SqliteConnection connection, long outgoingId) => connection.Execute(
        """
        UPDATE reading SET state = 0, outgoing_id = NULL
        WHERE outgoing_id = @outgoingId AND state = 1;
        UPDATE outgoing SET state = 2 WHERE id = @outgoingId;
        """,
        new { outgoingId });

    /// <summary>Notes what a block made of a transaction and of every reading in it.</summary>
    /// <returns>The meters of which a reading was accepted.</returns>
    public static IReadOnlyList<Address> Confirm(
        SqliteConnection connection,
        OutgoingRow outgoing,
        Receipt receipt,
        IReadOnlyList<ReadingAccepted> accepted,
        IReadOnlyList<ReadingSkipped> skipped)
    {
        connection.Execute(
            """
            UPDATE outgoing SET state = 1, block_number = @block, block_hash = @BlockHash,
                gas_used = @gasUsed
            WHERE id = @Id
            """,
            new
            {
                outgoing.Id,
                block = (long)receipt.BlockNumber,
                receipt.BlockHash,
                gasUsed = (long)receipt.GasUsed,
            });
        var gasShare = accepted.Count == 0 ? 0 : (long)receipt.GasUsed / accepted.Count;
        foreach (var reading in accepted)
        {
            Accept(connection, outgoing.Id, reading, gasShare);
        }

        foreach (var reading in skipped)
        {
            PutOff(connection, outgoing.Id, reading);
        }

        Fail(connection, outgoing.Id);
        return [.. accepted.Select(reading => reading.Meter)];
    }

    // Wherever the reading was thought to be: the event is the truth.
    private static void Accept(
        SqliteConnection connection, long outgoingId, ReadingAccepted reading, long gas) =>
        connection.Execute(
            """
            UPDATE reading SET state = 2, coins = @coins, gas = @gas, outgoing_id = @outgoingId
            WHERE pagination = @pagination
              AND meter_id = (SELECT id FROM meter WHERE address = @address);
            UPDATE meter SET accepted_pagination = @pagination, accepted_export_wh = @exportWh,
                coins = coins + @coins, gas = gas + @gas
            WHERE address = @address;
            UPDATE reading SET state = 4
            WHERE meter_id = (SELECT id FROM meter WHERE address = @address)
              AND state = 0 AND pagination < @pagination;
            """,
            new
            {
                outgoingId,
                gas,
                address = reading.Meter.ToArray(),
                pagination = (long)reading.Pagination,
                exportWh = (long)reading.ExportWh,
                coins = (long)reading.Coins,
            });

    // What passes by itself is tried again; the next trial says when.
    private static void PutOff(
        SqliteConnection connection,
        long outgoingId,
        ReadingSkipped reading) => connection.Execute(
        """
        UPDATE reading SET
            state = CASE WHEN @passes THEN 0 ELSE 3 END,
            reason = CASE WHEN @passes THEN 0 ELSE @reason END,
            outgoing_id = CASE WHEN @passes THEN NULL ELSE outgoing_id END,
            was_presented = was_presented OR @isTooEarly
        WHERE outgoing_id = @outgoingId AND pagination = @pagination
          AND meter_id = (SELECT id FROM meter WHERE address = @address)
        """,
        new
        {
            outgoingId,
            address = reading.Meter.ToArray(),
            pagination = (long)reading.Pagination,
            reason = (int)reading.Reason,
            isTooEarly = reading.Reason == SkipReason.NotYetPlausible,
            passes = reading.Reason is SkipReason.NotYetPlausible
                or SkipReason.MeterNotAccepting or SkipReason.MeterNotEnrolled,
        });

    // Neither counted nor skipped: the transaction reverted. Batches of such readings get smaller.
    private static void Fail(SqliteConnection connection, long outgoingId) => connection.Execute(
        """
        UPDATE reading SET
            failures = failures + 1,
            state = CASE WHEN failures + 1 >= @FailuresMax THEN 3 ELSE 0 END,
            reason = 0,
            outgoing_id = NULL
        WHERE outgoing_id = @outgoingId AND state = 1
        """,
        new { outgoingId, FailuresMax });

    private static List<OutgoingRow> Query(
        SqliteConnection connection, string where, object? given) =>
    [
        .. connection.Query<(
            long Id, byte[] Sender, long Nonce, byte[] Hash, byte[] Raw, string Block)>(
            Columns + where, given)
            .Select(row => new OutgoingRow(
                row.Id, new Address(row.Sender), (ulong)row.Nonce, row.Hash, row.Raw, row.Block)),
    ];
}
