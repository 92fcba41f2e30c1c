namespace Helios.Messaging
{
    /// <summary>
    /// Lengths of a meter's signature, bytes. They tell the curve: 64 on secp256k1, r and yParity
    /// with s (EIP-2098); 128 on P-256, r, s and the public key X, Y.
    /// </summary>
    public static class SignatureLengths
    {
        /// <summary>On secp256k1: r 32, yParity with s 32.</summary>
        public const int Secp256k1 = 64;

        /// <summary>On P-256: r 32, s 32, X 32, Y 32.</summary>
        public const int P256 = 128;

        /// <summary>
        /// Done if so many bytes are <paramref name="before"/> bytes and a signature of either
        /// curve.
        /// </summary>
        /// <param name="length">What is there, bytes.</param>
        /// <param name="before">What stands before the signature, bytes.</param>
        public static CodecResult Check(int length, int before)
        {
            if (length == before + Secp256k1 || length == before + P256)
            {
                return CodecResult.Done;
            }

            return length < before + Secp256k1 ? CodecResult.TooShort : CodecResult.TooLong;
        }

        /// <summary>Done if a message is exactly as long as what is to be written.</summary>
        /// <param name="length">Room in the message, bytes.</param>
        /// <param name="before">What stands before the signature, bytes.</param>
        /// <param name="signatureLength">The signature's own, bytes, of either curve.</param>
        public static CodecResult CheckRoom(int length, int before, int signatureLength)
        {
            CodecResult ofSignature = Check(signatureLength, 0);
            if (ofSignature != CodecResult.Done || length == before + signatureLength)
            {
                return ofSignature;
            }

            return length < before + signatureLength ? CodecResult.TooShort : CodecResult.TooLong;
        }
    }
}
