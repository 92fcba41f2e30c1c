using Helios.Chain;
using Helios.Messaging;

namespace Helios.Relay;

/// <summary>How many readings of a curve one transaction takes.</summary>
internal sealed class BatchSize(ChainNode node, SubmissionPolicy policy)
{
    // 266,930 gas each (contracts/README.md): 80 % of what EIP-7825 lets a transaction have.
    private const int InSolidityMax = 50;

    /// <summary>By the policy, or fewer where the ledger computes P-256 in Solidity.</summary>
    /// <param name="signedLength">Bytes of a signed reading: 99, or 163 on P-256.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<int> MaxAsync(int signedLength, CancellationToken ct)
    {
        var most = policy.ReadingsPerTransactionMax;
        return signedLength == ReadingCodec.Length || await P256Precompile.IsThereAsync(node, ct)
            ? most
            : Math.Min(most, InSolidityMax);
    }
}
