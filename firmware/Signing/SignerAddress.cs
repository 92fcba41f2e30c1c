using System;
using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// The address of a public key: the last 20 bytes of Keccak-256 of X and Y, 32 bytes each,
    /// big-endian.
    /// </summary>
    public static class SignerAddress
    {
        /// <summary>Bytes of an address.</summary>
        public const int Length = AddressBytes.Length;

        /// <summary>Bytes of a public key.</summary>
        public const int PublicKeyLength = 64;

        /// <summary>Writes the address of a public key.</summary>
        /// <param name="publicKey">
        /// X and Y, 64 bytes from index 0; not checked to be a point.
        /// </param>
        /// <param name="address">Receives 20 bytes from index 0.</param>
        public static void Write(byte[] publicKey, byte[] address)
        {
            byte[] digest = new byte[Keccak256.DigestLength];
            Keccak256 hash = new Keccak256();
            hash.Append(publicKey, 0, PublicKeyLength);
            hash.Finish(digest, 0);
            Array.Copy(digest, digest.Length - Length, address, 0, Length);
        }
    }
}
