using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// Signs with a key that the processor itself holds, under one domain. Used by the signing
    /// thread.
    /// </summary>
    public sealed class SoftwareSigner : IMeterSigner
    {
        private readonly SigningKey _key;
        private readonly Eip712Digest _digests;
        private readonly byte[] _digest = new byte[SigningKey.DigestLength];

        /// <param name="key">The meter's key; its owner clears it.</param>
        /// <param name="domain">The deployment for which is signed.</param>
        public SoftwareSigner(SigningKey key, Eip712Domain domain)
        {
            _key = key;
            _digests = new Eip712Digest(domain);
        }

        /// <inheritdoc/>
        public int SignatureLength
        {
            get { return SigningKey.SignatureLength; }
        }

        /// <summary>Signs a reading; never fails.</summary>
        public SigningResult Sign(Reading reading, byte[] signature)
        {
            _digests.OfReading(reading, _digest);
            _key.Sign(_digest, signature);
            return SigningResult.Complete;
        }

        /// <summary>Signs an enrolment; never fails.</summary>
        public SigningResult Sign(Enrolment enrolment, byte[] signature)
        {
            _digests.OfEnrolment(enrolment, _digest);
            _key.Sign(_digest, signature);
            return SigningResult.Complete;
        }
    }
}
