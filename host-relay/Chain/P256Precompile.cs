using System.Security.Cryptography;

namespace Helios.Chain;

/// <summary>
/// P256VERIFY (EIP-7951): whether a chain checks signatures on P-256 by itself, or the ledger has to
/// compute them in Solidity, for about eight times the gas of a reading.
/// </summary>
internal static class P256Precompile
{
    private static readonly Address At = Address.Parse(new string('0', 37) + "100");

    // Digest, r, s, X, Y of a key that is thrown away: any valid signature will do.
    private static readonly byte[] Signed = Sign();

    /// <summary>Whether the precompile answers in the newest block.</summary>
    public static async Task<bool> IsThereAsync(ChainNode node, CancellationToken ct) =>
        (await node.CallAsync(At, Signed, ct)) is { Length: 32 } answer && answer[^1] == 1;

    private static byte[] Sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var digest = RandomNumberGenerator.GetBytes(32);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. digest, .. key.SignHash(digest), .. point.X!, .. point.Y!];
    }
}
