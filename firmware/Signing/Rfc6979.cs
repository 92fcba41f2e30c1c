using System;

namespace Helios.Signing
{
    /// <summary>
    /// Nonces by RFC 6979, section 3.2, with HMAC-SHA-256 and the order of secp256k1: derived
    /// from key and digest, so that no random source can spoil a signature.
    /// </summary>
    internal sealed class Rfc6979
    {
        private const int HashLength = 32;

        private readonly IHmacSha256 _hmac;
        private readonly byte[] _firstSeed = new byte[HashLength + 1 + 2 * Limbs.ByteCount];
        private readonly byte[] _nextSeed = new byte[HashLength + 1];
        private byte[] _k = new byte[HashLength];
        private byte[] _v = new byte[HashLength];
        private bool _isFirst;

        public Rfc6979(IHmacSha256 hmac)
        {
            _hmac = hmac;
        }

        /// <summary>
        /// Begins the sequence of nonces of one key and one digest: steps b to g.
        /// </summary>
        /// <param name="secret">int2octets(x): the key, 32 bytes.</param>
        /// <param name="reducedDigest">bits2octets(h1): the digest modulo n, 32 bytes.</param>
        public void Begin(byte[] secret, byte[] reducedDigest)
        {
            for (int i = 0; i < HashLength; i++)
            {
                _v[i] = 0x01;
                _k[i] = 0x00;
            }

            Array.Copy(secret, 0, _firstSeed, HashLength + 1, Limbs.ByteCount);
            Array.Copy(
                reducedDigest, 0, _firstSeed, HashLength + 1 + Limbs.ByteCount, Limbs.ByteCount);
            Update(_firstSeed, 0x00);
            Update(_firstSeed, 0x01);
            _isFirst = true;
        }

        /// <summary>
        /// The next candidate, step h: a nonce if it is 1 to n - 1, else ask again.
        /// </summary>
        public void Next(byte[] candidate)
        {
            if (!_isFirst)
            {
                Update(_nextSeed, 0x00);
            }

            _isFirst = false;
            ReplaceV();
            Array.Copy(_v, 0, candidate, 0, HashLength);
        }

        /// <summary>Overwrites the secrets.</summary>
        public void Clear()
        {
            Secret.Clear(_k);
            Secret.Clear(_v);
            Secret.Clear(_firstSeed);
            Secret.Clear(_nextSeed);
        }

        // K = HMAC(K, V, separator, rest of the seed), then V = HMAC(K, V).
        private void Update(byte[] seed, byte separator)
        {
            Array.Copy(_v, 0, seed, 0, HashLength);
            seed[HashLength] = separator;
            byte[] next = _hmac.HashData(_k, seed);
            Secret.Clear(_k);
            _k = next;
            ReplaceV();
        }

        private void ReplaceV()
        {
            byte[] next = _hmac.HashData(_k, _v);
            Secret.Clear(_v);
            _v = next;
        }
    }
}
