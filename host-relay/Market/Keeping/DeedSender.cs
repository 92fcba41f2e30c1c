using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Trading;

/// <summary>
/// Sends a keeper's transactions, some at a time, and waits for their blocks. What is refused or
/// reverts was done by somebody else first, or is looked at again later.
/// </summary>
internal sealed class DeedSender(
    MarketSession session, MarketOptions options, SenderKey key, ILogger log)
{
    /// <summary>Transactions on their way at once: geth has a place for so many of an
    /// account.</summary>
    public const int InFlightMax = 16;

    /// <summary>Does what can be done of these.</summary>
    /// <returns>How many were done.</returns>
    /// <exception cref="TimeoutException">No block came in time.</exception>
    public async Task<int> DoAsync(IEnumerable<Deed> deeds, ulong gasMax, CancellationToken ct)
    {
        var wallet = new Wallet(session.Node, options.ChainId, key) { GasMax = gasMax };
        var done = 0;
        foreach (var some in deeds.Chunk(InFlightMax))
        {
            var sent = new List<(Deed Deed, byte[] Hash)>();
            foreach (var deed in some)
            {
                try
                {
                    var market = session.Contract.Address;
                    sent.Add((deed, await (deed.GasLimit is { } gas
                        ? wallet.SendUntriedAsync(market, deed.Calldata, gas, ct)
                        : wallet.SendAsync(market, deed.Calldata, ct))));
                }
                catch (NodeRefusedException refusal)
                {
                    log.NotDone(
                        deed.What,
                        MarketErrors.ToSentence(refusal.Revert.Span) ?? refusal.Reason);
                }
            }

            foreach (var (deed, hash) in sent)
            {
                done += await FinishAsync(wallet, deed, hash, ct) ? 1 : 0;
            }
        }

        return done;
    }

    private async Task<bool> FinishAsync(
        Wallet wallet, Deed deed, byte[] hash, CancellationToken ct)
    {
        var receipt = await wallet.ConfirmedAsync(hash, ct)
            .WaitAsync(options.ConfirmTimeLimit, ct);
        if (receipt.Succeeded)
        {
            deed.OnDone(receipt);
        }
        else
        {
            log.NotDone(deed.What, $"it reverted in block {receipt.BlockNumber}");
        }

        return receipt.Succeeded;
    }
}
