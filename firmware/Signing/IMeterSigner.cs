using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// The meter's key with its EIP-712 domain: a software key, or a secure element behind a bus. A
    /// signature may take seconds, so the counting thread never asks for one.
    /// </summary>
    public interface IMeterSigner
    {
        /// <summary>
        /// Bytes of a signature: 64 on secp256k1, r and yParity with s (EIP-2098); 128 on P-256, r,
        /// s, X and Y.
        /// </summary>
        int SignatureLength { get; }

        /// <summary>Signs a reading.</summary>
        /// <param name="reading">What to sign; it stands in the journal.</param>
        /// <param name="signature">Receives <see cref="SignatureLength"/> bytes.</param>
        SigningResult Sign(Reading reading, byte[] signature);

        /// <summary>Signs an enrolment.</summary>
        /// <param name="enrolment">What to sign; its pagination stands in the journal.</param>
        /// <param name="signature">Receives <see cref="SignatureLength"/> bytes.</param>
        SigningResult Sign(Enrolment enrolment, byte[] signature);
    }
}
