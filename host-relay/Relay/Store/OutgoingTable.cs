using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Signed transactions in the database. A nonce has one row; a version with a higher fee takes its
/// place, and the hashes before are kept, since any of them may be mined. Every method runs inside
/// a transaction of the caller.
/// </summary>
internal static class OutgoingTable
{
    private const string Columns =
        "SELECT id, sender, nonce, hash, raw, block_hash, sent_at_block FROM outgoing ";

    /// <summary>
    /// The nonce after a sender's last transaction, one that was mined since the chain was asked
    /// included.
    /// </summary>
    public static ulong NextNonce(DbConnection connection, Address sender, ulong nonceOnChain)
    {
        var highest = connection.ExecuteScalar<long?>(
            "SELECT MAX(nonce) FROM outgoing WHERE state IN (0, 1) AND sender = @sender",
            new { sender = sender.ToArray() });
        return Math.Max(nonceOnChain, highest is { } nonce ? (ulong)nonce + 1 : 0);
    }

    /// <summary>One above the highest nonce ever stored for a sender; 0 for none.</summary>
    public static ulong NonceAfterAll(DbConnection connection, Address sender) =>
        (ulong)connection.ExecuteScalar<long>(
            "SELECT COALESCE(MAX(nonce) + 1, 0) FROM outgoing WHERE sender = @sender",
            new { sender = sender.ToArray() });

    /// <summary>
    /// Makes the sender's nonces follow each other from the chain's on, where a node was mistaken
    /// or a reorg undid another's transaction: a lost one whose nonce is free again is to be sent
    /// again as it was signed, of several the newest, which nodes saw last and may still hold; what
    /// lies behind a nonce that nothing has could never be mined, so its readings wait for a new
    /// transaction.
    /// </summary>
    /// <returns>Nonces out of reach.</returns>
    public static IReadOnlyList<ulong> CloseGaps(
        DbConnection connection, Address sender, ulong nonceOnChain)
    {
        var outOfReach = new List<ulong>();
        var next = (long)nonceOnChain;
        var rows = connection.Query<(long Id, long Nonce, long State)>(
            """
            SELECT id, nonce, state FROM outgoing
            WHERE sender = @sender AND nonce >= @next AND state IN (0, 1, 2)
            ORDER BY nonce, state, id DESC
            """,
            new { sender = sender.ToArray(), next }).ToArray();
        foreach (var (id, nonce, state) in rows)
        {
            if (nonce == next)
            {
                connection.Execute(
                    "UPDATE outgoing SET state = 0 WHERE id = @id AND state = 2", new { id });
                next++;
            }
            else if (nonce > next && state == (long)OutgoingState.Sent)
            {
                Lose(connection, id);
                outOfReach.Add((ulong)nonce);
            }
        }

        return outOfReach;
    }

    /// <summary>Keeps nonce, bytes and readings together, before the first broadcast.</summary>
    /// <returns>Null, and nothing changed, if another copy was faster with a reading.</returns>
    public static OutgoingRow? Add(
        DbConnection connection,
        Address sender,
        SignedTransaction transaction,
        IReadOnlyCollection<long> readingIds,
        ulong block)
    {
        var id = connection.ExecuteScalar<long>(
            """
            INSERT INTO outgoing (sender, nonce, hash, raw, sent_at_block)
            VALUES (@sender, @nonce, @Hash, @Raw, @block) RETURNING id
            """,
            new
            {
                sender = sender.ToArray(),
                nonce = (long)transaction.Nonce,
                transaction.Hash,
                transaction.Raw,
                block = (long)block,
            });
        if (ReadingStates.Submit(connection, id, readingIds) < readingIds.Count)
        {
            ReadingStates.Release(connection, id);
            connection.Execute("DELETE FROM outgoing WHERE id = @id", new { id });
            return null;
        }

        return new OutgoingRow(
            id, sender, transaction.Nonce, transaction.Hash, transaction.Raw, "", block);
    }

    /// <summary>Keeps a version with a higher fee, before its broadcast.</summary>
    public static OutgoingRow Replace(
        DbConnection connection, OutgoingRow outgoing, SignedTransaction version, ulong block)
    {
        connection.Execute(
            """
            INSERT INTO replaced (hash, outgoing_id) SELECT hash, id FROM outgoing WHERE id = @Id;
            UPDATE outgoing SET hash = @Hash, raw = @Raw, sent_at_block = @block WHERE id = @Id;
            """,
            new { outgoing.Id, version.Hash, version.Raw, block = (long)block });
        return outgoing with { Hash = version.Hash, Raw = version.Raw, SentAtBlock = block };
    }

    /// <summary>Hashes under which earlier versions may be mined, in no order.</summary>
    public static IReadOnlyList<byte[]> Replaced(DbConnection connection, long outgoingId) =>
    [
        .. connection.Query<byte[]>(
            "SELECT hash FROM replaced WHERE outgoing_id = @outgoingId", new { outgoingId }),
    ];

    /// <summary>
    /// Transactions that no block contains yet, lowest nonce first: a sender's own, and those of
    /// senders whose relay is not alive.
    /// </summary>
    public static IReadOnlyList<OutgoingRow> Sent(
        DbConnection connection, Address sender, ulong now) => Query(
        connection,
        $"""
        WHERE state = 0 AND (sender = @sender OR sender NOT IN (
            SELECT address FROM sender WHERE {SenderLease.IsAlive}))
        ORDER BY nonce, id
        """,
        new { sender = sender.ToArray(), now = (long)now });

    /// <summary>Those of a sender that no block contains yet, lowest nonce first.</summary>
    public static IReadOnlyList<OutgoingRow> SentBy(DbConnection connection, Address sender) =>
        Query(
            connection,
            "WHERE state = 0 AND sender = @sender ORDER BY nonce, id",
            new { sender = sender.ToArray() });

    /// <summary>Everybody's transactions that no block contains, lowest nonce first.</summary>
    public static IReadOnlyList<OutgoingRow> AllSent(DbConnection connection) =>
        Query(connection, "WHERE state = 0 ORDER BY nonce, id", null);

    /// <summary>How many transactions no block contains yet: a sender's, or everybody's.</summary>
    public static int CountSent(DbConnection connection, Address? sender = null) =>
        connection.ExecuteScalar<int>(
            "SELECT COUNT(*) FROM outgoing WHERE state = 0 AND (@all = 1 OR sender = @sender)",
            new { all = sender is null ? 1L : 0L, sender = sender?.ToArray() ?? [] });

    /// <summary>Transactions seen in blocks that are not final.</summary>
    public static IReadOnlyList<OutgoingRow> Mined(DbConnection connection) =>
        Query(connection, "WHERE state = 1 ORDER BY nonce, id", null);

    /// <summary>Takes back that a block contained it: the block is gone.</summary>
    public static void Undo(DbConnection connection, long outgoingId)
    {
        if (connection.Execute(
            """
            UPDATE outgoing SET state = 0, block_number = 0, block_hash = '', gas_used = 0
            WHERE id = @outgoingId AND state = 1
            """,
            new { outgoingId }) == 1)
        {
            ReadingStates.Undo(connection, outgoingId);
        }
    }

    /// <summary>It can never be mined: its readings wait for a new one.</summary>
    public static void Lose(DbConnection connection, long outgoingId)
    {
        if (connection.Execute(
            "UPDATE outgoing SET state = 2 WHERE id = @outgoingId AND state = 0",
            new { outgoingId }) == 1)
        {
            ReadingStates.Release(connection, outgoingId);
        }
    }

    /// <summary>Notes what a block made of a transaction and of every reading in it.</summary>
    public static void Confirm(
        DbConnection connection,
        OutgoingRow outgoing,
        Receipt receipt,
        IReadOnlyList<ReadingAccepted> accepted,
        IReadOnlyList<ReadingSkipped> skipped)
    {
        var isFirst = connection.Execute(
            """
            UPDATE outgoing SET state = 1, block_number = @block, block_hash = @BlockHash,
                gas_used = @gasUsed
            WHERE id = @Id AND state = 0
            """,
            new
            {
                outgoing.Id,
                block = (long)receipt.BlockNumber,
                receipt.BlockHash,
                gasUsed = (long)receipt.GasUsed,
            }) == 1;
        if (!isFirst)
        {
            return;
        }

        foreach (var reading in accepted)
        {
            ReadingStates.Accept(
                connection, outgoing.Id, reading, receipt.GasUsed / (ulong)accepted.Count);
        }

        foreach (var reading in skipped)
        {
            ReadingStates.PutOff(connection, outgoing.Id, reading);
        }

        ReadingStates.Fail(connection, outgoing.Id);
    }

    /// <summary>What finalized blocks contain is done with: its bytes are let go.</summary>
    public static void Finalize(DbConnection connection, ulong block) => connection.Execute(
        """
        DELETE FROM replaced WHERE outgoing_id IN (
            SELECT id FROM outgoing WHERE state = 1 AND block_number <= @block);
        UPDATE outgoing SET state = 3, raw = @none WHERE state = 1 AND block_number <= @block;
        """,
        new { block = (long)block, none = Array.Empty<byte>() });

    private static List<OutgoingRow> Query(
        DbConnection connection, string where, object? given) =>
    [
        .. connection.Query<(long Id, byte[] Sender, long Nonce, byte[] Hash, byte[] Raw,
            string Block, long SentAt)>(Columns + where, given)
            .Select(row => new OutgoingRow(
                row.Id,
                new Address(row.Sender),
                (ulong)row.Nonce,
                row.Hash,
                row.Raw,
                row.Block,
                (ulong)row.SentAt)),
    ];
}
