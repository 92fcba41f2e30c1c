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
    private const int InFlightMax = 16;

    /// <summary>Does what can be done of these.</summary>
    /// <exception cref="TimeoutException">No block came in time.</exception>
    public async Task DoAsync(IEnumerable<Deed> deeds, ulong gasMax, CancellationToken ct)
    {
        var wallet = new Wallet(session.Node, options.ChainId, key) { GasMax = gasMax };
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
                await FinishAsync(wallet, deed, hash, ct);
            }
        }
    }

    private async Task FinishAsync(
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
    }
}
