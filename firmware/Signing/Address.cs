using System;

namespace Helios.Signing
{
    /// <summary>
    /// Who signs: the last 20 bytes of Keccak-256 of a public key (X then Y, 32 bytes each,
    /// big-endian). Immutable.
    /// </summary>
    public sealed class Address
    {
        /// <summary>Bytes of an address.</summary>
        public const int Length = 20;

        private readonly byte[] _bytes = new byte[Length];

        /// <param name="source">Holds the address.</param>
        /// <param name="offset">Where in <paramref name="source"/> its 20 bytes begin.</param>
        public Address(byte[] source, int offset)
        {
            Array.Copy(source, offset, _bytes, 0, Length);
        }

        /// <summary>The address of a public key.</summary>
        /// <param name="publicKey">X and Y, 64 bytes.</param>
        public static Address OfPublicKey(byte[] publicKey)
        {
            byte[] digest = new byte[Keccak256.DigestLength];
            new Keccak256().Hash(publicKey, digest);
            return new Address(digest, Keccak256.DigestLength - Length);
        }

        /// <summary>Writes the 20 bytes.</summary>
        public void CopyTo(byte[] target, int offset)
        {
            Array.Copy(_bytes, 0, target, offset, Length);
        }

        /// <summary>Whether both are the same address. Not in constant time: it is public.</summary>
        public bool IsSame(Address other)
        {
            for (int i = 0; i < Length; i++)
            {
                if (_bytes[i] != other._bytes[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>40 lower-case hexadecimal digits, without 0x, as the MQTT topics have it.</summary>
        public string ToHex()
        {
            const string Digits = "0123456789abcdef";
            char[] text = new char[2 * Length];
            for (int i = 0; i < Length; i++)
            {
                text[2 * i] = Digits[_bytes[i] >> 4];
                text[2 * i + 1] = Digits[_bytes[i] & 15];
            }

            return new string(text);
        }
    }
}
