using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// The 32 bytes that are signed, for each type that is signed: Keccak-256 of 0x19, 0x01, the
    /// domain separator and the struct hash (EIP-712). Each type is a class of its own that
    /// encodes itself; one more type is one more such class and one more method here.
    /// </summary>
    public sealed class Eip712Digest
    {
        private const int SeparatorOffset = 2;

        private readonly Keccak256 _hash = new Keccak256();
        private readonly Eip712Encoder _encoder = new Eip712Encoder();
        private readonly byte[] _structHash = new byte[Keccak256.DigestLength];
        private readonly byte[] _prefix = new byte[SeparatorOffset + Keccak256.DigestLength];

        /// <param name="domain">The deployment for which is signed.</param>
        public Eip712Digest(Eip712Domain domain)
        {
            _prefix[0] = 0x19;
            _prefix[1] = 0x01;
            domain.CopySeparatorTo(_prefix, SeparatorOffset);
        }

        /// <summary>The digest of a reading.</summary>
        /// <param name="reading">Its members within the ranges that it states.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void OfReading(Reading reading, byte[] digest)
        {
            ReadingType.Encode(reading, _encoder);
            Finish(digest);
        }

        /// <summary>The digest of an enrolment.</summary>
        /// <param name="enrolment">Its members within the ranges that it states.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void OfEnrolment(Enrolment enrolment, byte[] digest)
        {
            EnrolmentType.Encode(enrolment, _encoder);
            Finish(digest);
        }

        /// <summary>The digest of a supply order.</summary>
        /// <param name="order">Its members within the ranges that it states.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void OfOrder(SupplyOrder order, byte[] digest)
        {
            SupplyOrderType.Encode(order, _encoder);
            Finish(digest);
        }

        /// <summary>The digest of a set of controllers.</summary>
        /// <param name="set">Its members within the ranges that it states.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void OfControllers(ControllerSet set, byte[] digest)
        {
            ControllerSetType.Encode(set, _encoder);
            Finish(digest);
        }

        /// <summary>The digest of an owner's request.</summary>
        /// <param name="request">Its members within the ranges that it states.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void OfRequest(OwnerRequest request, byte[] digest)
        {
            OwnerRequestType.Encode(request, _encoder);
            Finish(digest);
        }

        private void Finish(byte[] digest)
        {
            _encoder.Finish(_structHash);
            _hash.Reset();
            _hash.Append(_prefix, 0, _prefix.Length);
            _hash.Append(_structHash, 0, _structHash.Length);
            _hash.Finish(digest, 0);
        }
    }
}
