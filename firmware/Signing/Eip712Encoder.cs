using System;

namespace Helios.Signing
{
    /// <summary>
    /// Hashes one struct after another as EIP-712 defines hashStruct: Keccak-256 of the type hash
    /// and of each member as a big-endian word of 32 bytes, in the order of the type's text.
    /// </summary>
    public sealed class Eip712Encoder
    {
        private const int WordLength = 32;

        private readonly Keccak256 _hash = new Keccak256();
        private readonly byte[] _word = new byte[WordLength];

        /// <summary>Begins a struct.</summary>
        /// <param name="typeHash">Keccak-256 of the type's text, 32 bytes.</param>
        public void Begin(byte[] typeHash)
        {
            _hash.Reset();
            AppendWord(typeHash);
        }

        /// <summary>
        /// Begins the hash that stands for an array: Keccak-256 of its members' words alone.
        /// </summary>
        public void BeginArray()
        {
            _hash.Reset();
        }

        /// <summary>
        /// Appends a word as it is: bytes32, or the hash of a string or an array.
        /// </summary>
        public void AppendWord(byte[] word)
        {
            _hash.Append(word, 0, WordLength);
        }

        /// <summary>Appends an unsigned integer of up to 64 bits.</summary>
        public void AppendUint(ulong value)
        {
            Array.Clear(_word, 0, WordLength);
            for (int i = WordLength - 1; value != 0; i--)
            {
                _word[i] = (byte)value;
                value >>= 8;
            }

            AppendWord(_word);
        }

        /// <summary>Appends an address of 20 bytes.</summary>
        public void AppendAddress(byte[] address)
        {
            Array.Clear(_word, 0, WordLength);
            Array.Copy(
                address, 0, _word, WordLength - SignerAddress.Length, SignerAddress.Length);
            AppendWord(_word);
        }

        /// <summary>Ends the struct or the array.</summary>
        /// <param name="hash">Receives 32 bytes from index 0.</param>
        public void Finish(byte[] hash)
        {
            _hash.Finish(hash, 0);
        }
    }
}
