using Helios.Boards.Virtual.Node;
using Helios.Chain;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// Transactions of many wallets that share a block: some simulated seconds pass for it, and what
/// the chain does not take is counted and not done.
/// </summary>
public sealed class Traffic(Neighbourhood neighbourhood, Simulation simulation)
{
    private const int WalletsAtOnce = 32;

    private int _refused;

    /// <summary>Transactions that the chain did not take.</summary>
    public int Refused => _refused;

    /// <summary>Makes a block.</summary>
    public async Task BlockAsync(CancellationToken ct)
    {
        await simulation.AdvanceAsync(BlockClock.BlockSeconds, ct);
        await neighbourhood.Blocks.MineAsync(ct);
    }

    /// <summary>
    /// Sends what wallets do, makes a block if they do anything, and enters what succeeded. Those
    /// of one wallet are sent one after another.
    /// </summary>
    public async Task SendAsync(IEnumerable<Transaction> transactions, CancellationToken ct)
    {
        var sent = new List<(Transaction Done, byte[] Hash)>();
        foreach (var some in transactions.GroupBy(static one => one.Sender).Chunk(WalletsAtOnce))
        {
            var ofWallets = await Task.WhenAll(some.Select(one => SendInTurnAsync(one, ct)));
            sent.AddRange(ofWallets.SelectMany(static one => one));
        }

        if (sent.Count == 0)
        {
            return;
        }

        await BlockAsync(ct);
        foreach (var (done, hash) in sent)
        {
            if ((await done.Sender.ConfirmedAsync(hash, ct)).Succeeded)
            {
                done.Enter?.Invoke();
            }
            else
            {
                _refused++;
            }
        }
    }

    // Refused: what the transaction builds on changed at this moment. Its owner looks again.
    private async Task<List<(Transaction Done, byte[] Hash)>> SendInTurnAsync(
        IEnumerable<Transaction> ofWallet, CancellationToken ct)
    {
        var sent = new List<(Transaction, byte[])>();
        foreach (var one in ofWallet)
        {
            try
            {
                sent.Add((one, await one.Sender.SendAsync(one.To, one.Calldata, ct)));
            }
            catch (NodeRefusedException)
            {
                Interlocked.Increment(ref _refused);
            }
        }

        return sent;
    }
}
