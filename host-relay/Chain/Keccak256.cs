using Org.BouncyCastle.Crypto.Digests;

namespace Helios.Chain;

/// <summary>
/// Keccak-256 with the padding of Keccak, not that of FIPS 202 (.NET's SHA3_256 differs).
/// </summary>
internal static class Keccak256
{
    /// <summary>The 32 bytes of the hash.</summary>
    public static byte[] Of(ReadOnlySpan<byte> message)
    {
        var digest = new KeccakDigest(256);
        var hash = new byte[32];

        digest.BlockUpdate(message);
        digest.DoFinal(hash);
        return hash;
    }
}
