using System.Security.Cryptography;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>Makes sure that the node, the chain and the ledger are the ones meant.</summary>
internal static class DeploymentCheck
{
    private const int SeparatorLength = 32;

    /// <summary>The newest block, if everything is as the options say.</summary>
    /// <exception cref="StartRefusedException">Something is not.</exception>
    public static async Task<Block> RunAsync(
        ChainNode node, LedgerContract ledger, ulong chainId, CancellationToken ct)
    {
        try
        {
            var actual = await node.ChainIdAsync(ct);
            if (actual != chainId)
            {
                throw new StartRefusedException(
                    $"The node at {node.Url} is on chain {actual}, not on {chainId}: "
                    + "correct rpcUrl or chainId.");
            }

            if (!await node.HasCodeAsync(ledger.Address, ct))
            {
                throw new StartRefusedException(
                    $"There is no contract at {ledger.Address} on chain {chainId}: correct "
                        + "ledger.");
            }

            await CheckDomainAsync(ledger, chainId, ct);
            return await node.LatestBlockAsync(ct);
        }
        catch (NodeUnreachableException failure)
        {
            throw new StartRefusedException(failure.Message, failure);
        }
        catch (NodeRefusedException refusal)
        {
            throw new StartRefusedException(
                $"The node at {node.Url} cannot be used: {refusal.Message.TrimEnd('.')}: "
                    + "correct rpcUrl.",
                refusal);
        }
    }

    // Readings are checked under a domain computed here; the ledger's own must be the same.
    private static async Task CheckDomainAsync(
        LedgerContract ledger, ulong chainId, CancellationToken ct)
    {
        var expected = new byte[SeparatorLength];
        ReadingVerifier.DomainOf(chainId, ledger.Address).CopySeparatorTo(expected, 0);
        byte[] actual;
        try
        {
            actual = await ledger.DomainSeparatorAsync(ct);
        }
        catch (Exception failure) when (failure is NodeRefusedException or FormatException)
        {
            throw NotALedger(ledger, chainId, failure);
        }

        if (!CryptographicOperations.FixedTimeEquals(actual, expected))
        {
            throw NotALedger(ledger, chainId, null);
        }
    }

    private static StartRefusedException NotALedger(
        LedgerContract ledger, ulong chainId, Exception? inner) => new(
        $"The contract at {ledger.Address} on chain {chainId} is no ReadingLedger: correct "
            + "ledger.",
        inner);
}
