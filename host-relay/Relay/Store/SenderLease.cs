using System.Data.Common;
using Dapper;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// The right to sign with a sender's key, held by one process at a time: the one that took it
/// last. Each taking raises a number, the fence; whoever has an older one finds out in the same
/// database transaction in which he would have stored a signature.
/// </summary>
/// <param name="Id">The sender's row: the number of this copy of the relay.</param>
/// <param name="Sender">Whose key.</param>
/// <param name="Fence">The number that must still stand.</param>
internal sealed record SenderLease(long Id, Address Sender, long Fence)
{
    /// <summary>
    /// A copy that has said nothing for so many seconds, by the chain's clock, is dead: others
    /// serve its meters and look after what it sent.
    /// </summary>
    public const ulong LengthS = 120;

    /// <summary>
    /// Which senders' copies are alive at @now, as a condition in SQL. Two nodes are a few blocks
    /// apart; what was seen later than that, a false block said.
    /// </summary>
    public static readonly string IsAlive =
        $"seen_at BETWEEN @now - {LengthS} AND @now + {LengthS}";

    /// <summary>Takes the right, from whomever.</summary>
    public static SenderLease Take(DbConnection connection, Address sender, ulong now)
    {
        var (id, fence) = connection.QuerySingle<(long, long)>(
            """
            INSERT INTO sender (address, fence, seen_at) VALUES (@sender, 1, @now)
            ON CONFLICT (address) DO UPDATE SET fence = sender.fence + 1, seen_at = @now
            RETURNING id, fence
            """,
            new { sender = sender.ToArray(), now = (long)now });
        return new SenderLease(id, sender, fence);
    }

    /// <summary>Whether a process holds the right, or did two minutes ago.</summary>
    public static bool IsHeld(DbConnection connection, Address sender, ulong now) =>
        connection.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM sender WHERE address = @sender AND {IsAlive}",
            new { sender = sender.ToArray(), now = (long)now }) > 0;

    /// <summary>
    /// Says that this copy is alive, and makes sure that the right is still its own until the
    /// transaction ends.
    /// </summary>
    /// <exception cref="FencedException">Another process has taken it.</exception>
    public void Renew(DbConnection connection, ulong now)
    {
        if (connection.Execute(
            "UPDATE sender SET seen_at = @now WHERE id = @Id AND fence = @Fence",
            new { Id, Fence, now = (long)now }) == 0)
        {
            throw new FencedException(Sender);
        }
    }
}
