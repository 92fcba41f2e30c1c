using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Element
{
    /// <summary>
    /// Signs with the key in a secure element, under one domain: P-256, and the public key goes
    /// with each signature. Used by the signing thread.
    /// </summary>
    public sealed class ElementSigner : IMeterSigner
    {
        private const int PublicKeyOffset = SecureElement.SignatureLength;

        private readonly SecureElement _element;
        private readonly Eip712Digest _digests;
        private readonly byte[] _publicKey;
        private readonly byte[] _digest = new byte[SecureElement.DigestLength];

        /// <param name="element">Ready.</param>
        /// <param name="domain">The deployment for which is signed.</param>
        /// <param name="publicKey">X and Y of its key, 64 bytes.</param>
        public ElementSigner(SecureElement element, Eip712Domain domain, byte[] publicKey)
        {
            _element = element;
            _digests = new Eip712Digest(domain);
            _publicKey = publicKey;
        }

        /// <inheritdoc/>
        public int SignatureLength
        {
            get { return PublicKeyOffset + SignerAddress.PublicKeyLength; }
        }

        /// <summary>Signs a reading; Failed if the element did not.</summary>
        public SigningResult Sign(Reading reading, byte[] signature)
        {
            _digests.OfReading(reading, _digest);
            return Sign(signature);
        }

        /// <summary>Signs an enrolment; Failed if the element did not.</summary>
        public SigningResult Sign(Enrolment enrolment, byte[] signature)
        {
            _digests.OfEnrolment(enrolment, _digest);
            return Sign(signature);
        }

        private SigningResult Sign(byte[] signature)
        {
            if (_element.Sign(_digest, signature) != ElementResult.Done)
            {
                return SigningResult.Failed;
            }

            Array.Copy(
                _publicKey, 0, signature, PublicKeyOffset, SignerAddress.PublicKeyLength);
            return SigningResult.Complete;
        }
    }
}
