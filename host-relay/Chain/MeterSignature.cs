namespace Helios.Chain;

/// <summary>A meter's signature on either curve; its length tells which.</summary>
internal static class MeterSignature
{
    /// <summary>Finds who signed, or null if nobody did.</summary>
    /// <param name="signature">
    /// 64 bytes on secp256k1, as in EIP-2098; 128 on P-256, see <see cref="P256Signature"/>.
    /// </param>
    /// <param name="digest">The 32 bytes that were signed.</param>
    /// <param name="library">Recovers signers; null leaves it to BouncyCastle.</param>
    public static Address? SignerOf(
        ReadOnlySpan<byte> signature, ReadOnlySpan<byte> digest, Libsecp256k1? library)
    {
        Address signer;
        if (signature.Length == P256Signature.Length)
        {
            return P256Signature.TryVerify(signature, digest, out signer) ? signer : null;
        }

        var recoverable = RecoverableSignature.FromCompact(signature);
        var isSigned = library is null
            ? recoverable.TryRecover(digest, out signer)
            : library.TryRecover(recoverable, digest, out signer);
        return isSigned ? signer : null;
    }
}
