using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// The one place where a reading's state changes. Every method runs inside a transaction of the
/// caller; what is not in the state that a step begins with stays as it is.
/// <code>
/// Pending   - Submit      > Submitted
/// Submitted - Accept      > Accepted, and older Pending ones > Superseded
/// Submitted - PutOff      > Skipped, or Pending if the reason passes
/// Submitted - Fail        > Pending, at last Skipped
/// Submitted - Release     > Pending
/// Accepted, Skipped - Undo > Submitted
/// Pending   - Skip        > Skipped
/// Accepted, Superseded - SetAccepted > Pending, where the ledger stands lower
/// Pending   - SetAccepted > Superseded, where it stands higher
/// Skipped   - TryAgain, Resend > Pending
/// </code>
/// </summary>
internal static class ReadingStates
{
    /// <summary>A reading is given up after so many reverted transactions of its own.</summary>
    private const int FailuresMax = 4;

    private const int IdsPerStatement = 500;

    /// <summary>
    /// Whether what speaks against a reading passes by itself, so that it may count later unchanged.
    /// </summary>
    public static bool Passes(SkipReason reason) => reason is SkipReason.NotYetPlausible
        or SkipReason.MeterNotAccepting or SkipReason.MeterNotEnrolled;

    /// <summary>Puts pending readings into a transaction.</summary>
    /// <returns>How many were still pending.</returns>
    public static int Submit(
        DbConnection connection, long outgoingId, IEnumerable<long> readingIds) =>
        connection.Execute(
            $"""
            UPDATE reading SET state = 1, outgoing_id = @outgoingId
            WHERE state = 0 AND id IN ({string.Join(',', readingIds)})
            """,
            new { outgoingId });

    /// <summary>Lets a pending reading rest until a block has this time.</summary>
    public static void Postpone(DbConnection connection, long readingId, ulong notBefore) =>
        connection.Execute(
            "UPDATE reading SET not_before = @notBefore WHERE id = @readingId AND state = 0",
            new { readingId, notBefore = (long)Math.Min(notBefore, long.MaxValue) });

    /// <summary>
    /// Lets readings rest that would count and are not worth their gas, and all that are older and
    /// so worth no more: each until it is due.
    /// </summary>
    /// <param name="connection">For writing.</param>
    /// <param name="newest">Meters' rows, and the pagination up to which theirs rest.</param>
    /// <param name="dueAfterS">So long after it was stored a reading is due.</param>
    /// <param name="now">Unix seconds of the newest block.</param>
    public static void PostponeUntilDue(
        DbConnection connection, Dictionary<long, long> newest, uint dueAfterS, ulong now)
    {
        var given = new { due = (long)dueAfterS, now = (long)now };
        var ids = connection.Query<(long Id, long MeterId, long Pagination)>(
            """
            SELECT id, meter_id, pagination FROM reading
            WHERE state = 0 AND not_before <= @now AND stored_at + @due > @now
            """,
            given,
            buffered: false)
            .Where(row => row.Pagination <= newest.GetValueOrDefault(row.MeterId))
            .Select(static row => row.Id)
            .ToArray();
        foreach (var some in ids.Chunk(IdsPerStatement))
        {
            connection.Execute(
                "UPDATE reading SET not_before = stored_at + @due WHERE state = 0 "
                    + $"AND id IN ({string.Join(',', some)})",
                given);
        }
    }

    /// <summary>Gives a pending reading up, with the ledger's reason.</summary>
    public static void Skip(DbConnection connection, long readingId, SkipReason reason) =>
        connection.Execute(
            "UPDATE reading SET state = 3, reason = @reason WHERE id = @readingId AND state = 0",
            new { readingId, reason = (long)reason });

    /// <summary>
    /// A block made a reading count, wherever it was thought to be: the event is the truth. Older
    /// pending ones of its meter are needless.
    /// </summary>
    public static void Accept(
        DbConnection connection, long outgoingId, ReadingAccepted reading, ulong gas)
    {
        connection.Execute(
            """
            UPDATE reading SET state = 2, reason = 0, coins = @coins, gas = @gas,
                outgoing_id = @outgoingId
            WHERE pagination = @pagination
              AND meter_id = (SELECT id FROM meter WHERE address = @address);
            UPDATE reading SET state = 4
            WHERE meter_id = (SELECT id FROM meter WHERE address = @address)
              AND state = 0 AND pagination < @pagination;
            UPDATE meter SET accepted_pagination = @pagination, accepted_export_wh = @exportWh
            WHERE address = @address;
            """,
            new
            {
                outgoingId,
                gas = (long)gas,
                address = reading.Meter.ToArray(),
                pagination = (long)reading.Pagination,
                exportWh = (long)reading.ExportWh,
                coins = (long)reading.Coins,
            });
    }

    /// <summary>
    /// A block skipped a reading. What passes by itself is tried again; the next trial says when.
    /// </summary>
    public static void PutOff(DbConnection connection, long outgoingId, ReadingSkipped reading)
    {
        var passes = Passes(reading.Reason);
        connection.Execute(
            """
            UPDATE reading SET state = @state, reason = @reason,
                outgoing_id = CASE WHEN @state = 0 THEN NULL ELSE outgoing_id END,
                was_presented = CASE WHEN @isTooEarly = 1 THEN 1 ELSE was_presented END
            WHERE outgoing_id = @outgoingId AND pagination = @pagination
              AND meter_id = (SELECT id FROM meter WHERE address = @address)
            """,
            new
            {
                outgoingId,
                address = reading.Meter.ToArray(),
                pagination = (long)reading.Pagination,
                state = (long)(passes ? ReadingState.Pending : ReadingState.Skipped),
                reason = passes ? 0 : (long)reading.Reason,
                isTooEarly = reading.Reason == SkipReason.NotYetPlausible ? 1L : 0L,
            });
    }

    /// <summary>
    /// What a block neither counted nor skipped: its transaction reverted. Such readings travel in
    /// ever smaller company, and one that reverts alone is given up.
    /// </summary>
    public static void Fail(DbConnection connection, long outgoingId) => connection.Execute(
        """
        UPDATE reading SET
            failures = failures + 1,
            state = CASE WHEN failures + 1 >= @FailuresMax THEN 3 ELSE 0 END,
            reason = 0,
            outgoing_id = NULL
        WHERE outgoing_id = @outgoingId AND state = 1
        """,
        new { outgoingId, FailuresMax });

    /// <summary>Its transaction can never be mined: what is in it waits for a new one.</summary>
    public static void Release(DbConnection connection, long outgoingId) => connection.Execute(
        """
        UPDATE reading SET state = 0, outgoing_id = NULL
        WHERE outgoing_id = @outgoingId AND state = 1
        """,
        new { outgoingId });

    /// <summary>The block that contained its transaction is gone.</summary>
    public static void Undo(DbConnection connection, long outgoingId) => connection.Execute(
        """
        UPDATE reading SET state = 1, reason = 0, coins = 0, gas = 0
        WHERE outgoing_id = @outgoingId
        """,
        new { outgoingId });

    /// <summary>
    /// Takes over what the ledger accepted, from whomever. If it stands lower than it stood (a
    /// block was undone), what was above it is pending again.
    /// </summary>
    public static void SetAccepted(
        DbConnection connection, long meterId, MeterRegisters registers)
    {
        connection.Execute(
            """
            UPDATE reading SET state = 0, reason = 0, not_before = 0, coins = 0, gas = 0,
                outgoing_id = NULL
            WHERE meter_id = @meterId AND state IN (2, 4) AND pagination > @pagination;
            UPDATE reading SET state = 4
            WHERE meter_id = @meterId AND state = 0 AND pagination <= @pagination;
            """,
            new { meterId, pagination = (long)registers.Pagination });
        MeterTable.SetAccepted(connection, meterId, registers.Pagination, registers.ExportWh);
    }

    /// <summary>
    /// Forgets that a node said "not yet" or "never" of what is still newer than the ledger: the
    /// ledger is asked again. What reverted alone stays given up. What was stored after now, as a
    /// false block said, counts as stored now, or it would never be due.
    /// </summary>
    /// <param name="connection">For writing.</param>
    /// <param name="now">Unix seconds of the newest block.</param>
    /// <returns>Readings that will be tried.</returns>
    public static int TryAgain(DbConnection connection, ulong now)
    {
        connection.Execute(
            "UPDATE reading SET stored_at = @now WHERE state = 0 AND stored_at > @now",
            new { now = (long)now });
        return connection.Execute(
            """
            UPDATE reading SET state = 0, reason = 0, not_before = 0, failures = 0,
                outgoing_id = NULL
            WHERE (state = 3 AND reason <> 0 OR state = 0 AND not_before > 0)
              AND pagination > (SELECT accepted_pagination FROM meter
                                WHERE meter.id = reading.meter_id)
            """);
    }

    /// <summary>
    /// As <see cref="TryAgain"/>, because a person says so: what reverted gets its chances anew.
    /// </summary>
    /// <param name="connection">For writing.</param>
    /// <param name="meter">Whose readings; null for everybody's.</param>
    /// <returns>Readings that will be tried.</returns>
    public static int Resend(DbConnection connection, Address? meter) =>
        connection.Execute(
            """
            UPDATE reading SET state = 0, reason = 0, not_before = 0, failures = 0,
                outgoing_id = NULL
            WHERE (state = 3 OR state = 0 AND (not_before > 0 OR failures > 0))
              AND pagination > (SELECT accepted_pagination FROM meter
                                WHERE meter.id = reading.meter_id)
              AND (@all = 1 OR meter_id = (SELECT id FROM meter WHERE address = @address))
            """,
            new { all = meter is null ? 1L : 0L, address = meter?.ToArray() ?? [] });
}
