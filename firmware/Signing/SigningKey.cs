using System;

namespace Helios.Signing
{
    /// <summary>
    /// A private key on secp256k1 with what it takes to sign: deterministic ECDSA (SEC 1, 4.1.3,
    /// nonce by RFC 6979), low s, 64 bytes as EIP-2098 has them. Not for several threads at once.
    /// </summary>
    /// <remarks>
    /// <para>The same sequence of operations runs for every key, digest and nonce. What still
    /// varies: the two inversions, with numbers that are masked by <see cref="MaskSource"/>;
    /// which entries of the comb's table are read; and a second nonce, taken where the first is
    /// unusable, with a chance of one in 2^127.</para>
    /// <para>Intermediate secrets are overwritten after each signature, the key by <see
    /// cref="Clear"/>. Copies that a garbage collector made by moving an array are out of
    /// reach.</para>
    /// </remarks>
    public sealed class SigningKey
    {
        /// <summary>Bytes of a key.</summary>
        public const int SecretLength = 32;

        /// <summary>Bytes of a digest.</summary>
        public const int DigestLength = 32;

        /// <summary>
        /// Bytes of a signature: r, then s with the parity of R's y in its highest bit.
        /// </summary>
        public const int SignatureLength = 64;

        private readonly FieldArithmetic _field = new FieldArithmetic();
        private readonly ScalarInversion _inversion = new ScalarInversion();
        private readonly GeneratorMultiplication _generator;
        private readonly Rfc6979 _nonces;
        private readonly MaskSource _masks;

        private readonly byte[] _secret = new byte[SecretLength];
        private readonly byte[] _publicKey = new byte[SignerAddress.PublicKeyLength];
        private readonly byte[] _address = new byte[SignerAddress.Length];
        private readonly byte[] _octets = new byte[Limbs.ByteCount];
        private readonly Scalar _d = new Scalar();
        private readonly Scalar _z = new Scalar();
        private readonly Scalar _k = new Scalar();
        private readonly Scalar _r = new Scalar();
        private readonly Scalar _s = new Scalar();
        private readonly Scalar _mask = new Scalar();
        private readonly FieldElement _startZ = new FieldElement();
        private readonly AffinePoint _point = new AffinePoint();
        private bool _isCleared;

        /// <param name="secret">
        /// 32 bytes, big-endian, 1 to n - 1 (<see cref="IsValidSecret"/>). They are copied: the
        /// caller clears his own.
        /// </param>
        /// <param name="hmac">The platform's HMAC.</param>
        public SigningKey(byte[] secret, IHmacSha256 hmac)
        {
            if (!IsValidSecret(secret))
            {
                throw new ArgumentException("A key is 32 bytes, 1 to n - 1.", nameof(secret));
            }

            Array.Copy(secret, 0, _secret, 0, SecretLength);
            _generator = new GeneratorMultiplication(new PointArithmetic(_field));
            _nonces = new Rfc6979(hmac);
            _masks = new MaskSource(hmac, _secret);

            _d.Read(_secret, 0);
            DrawStartZ();
            _generator.Multiply(_point, _d, _startZ);
            _field.Write(_point.X, _publicKey, 0);
            _field.Write(_point.Y, _publicKey, Limbs.ByteCount);
            SignerAddress.Write(_publicKey, _address);
            ClearIntermediates();
        }

        /// <summary>Whether these are 32 bytes that are a key: 1 to n - 1.</summary>
        public static bool IsValidSecret(byte[] secret)
        {
            if (secret.Length != SecretLength)
            {
                return false;
            }

            Scalar key = new Scalar();
            bool isValid = key.Read(secret, 0) && !key.IsZero();
            key.Clear();
            return isValid;
        }

        /// <summary>Writes the 20 bytes of the address that signs.</summary>
        public void CopyAddressTo(byte[] target, int offset)
        {
            Array.Copy(_address, 0, target, offset, SignerAddress.Length);
        }

        /// <summary>Writes X and Y, 32 bytes each, big-endian.</summary>
        public void CopyPublicKeyTo(byte[] target, int offset)
        {
            Array.Copy(_publicKey, 0, target, offset, _publicKey.Length);
        }

        /// <summary>
        /// Mixes random bytes into the masks. Signatures do not change by it, only what a
        /// listener to time or current could learn. Worth a call after each restart, once random
        /// bytes exist.
        /// </summary>
        public void Stir(byte[] entropy)
        {
            _masks.Stir(entropy);
        }

        /// <summary>Signs a digest. The same digest gives the same signature.</summary>
        /// <param name="digest">32 bytes from index 0.</param>
        /// <param name="signature">
        /// Receives 64 bytes from index 0: r, and s at most n / 2 with the parity of R's y in bit
        /// 255.
        /// </param>
        public void Sign(byte[] digest, byte[] signature)
        {
            if (_isCleared)
            {
                throw new InvalidOperationException();
            }

            _z.Read(digest, 0);
            _z.Write(_octets, 0);
            _d.Read(_secret, 0);
            _nonces.Begin(_secret, _octets);

            // RFC 6979, 3.2, h.3: the next candidate, though in practice the first one serves.
            while (!TrySignWithNextNonce(signature))
            {
            }

            ClearIntermediates();
        }

        /// <summary>Overwrites the key. It signs no more after that.</summary>
        public void Clear()
        {
            _isCleared = true;
            Secret.Clear(_secret);
            _masks.Clear();
            ClearIntermediates();
        }

        private bool TrySignWithNextNonce(byte[] signature)
        {
            _nonces.Next(_octets);
            if (!_k.Read(_octets, 0) || _k.IsZero())
            {
                return false;
            }

            DrawStartZ();
            _generator.Multiply(_point, _k, _startZ);
            _field.Write(_point.X, signature, 0);

            // An R whose x is n or more is as rare as it is awkward: the one bit of EIP-2098
            // cannot tell x from x - n, so nobody could recover the signer. s = 0 is as rare.
            if (!_r.Read(signature, 0) || _r.IsZero())
            {
                return false;
            }

            SetS();
            if (_s.IsZero())
            {
                return false;
            }

            // The opposite nonce gives -s and the opposite R: the lower s is taken, without a
            // branch.
            long isHigh = _s.IsHigh();
            _s.SetNegativeIf(_s, isHigh);
            _s.Write(signature, Limbs.ByteCount);
            long parity = (_point.Y.N0 & 1) ^ isHigh;
            signature[Limbs.ByteCount] |= (byte)(parity << 7);
            return true;
        }

        // s = (z + r d) / k. The inverse is taken of k times a mask, and the mask multiplied
        // back. A mask of 0, one in 2^256, gives s = 0 and thereby another try.
        private void SetS()
        {
            byte[] mask = _masks.Next();
            _mask.Read(mask, 0);
            Secret.Clear(mask);

            _s.SetProduct(_r, _d);
            _s.SetSum(_s, _z);
            _s.SetProduct(_s, _mask);
            _k.SetProduct(_k, _mask);
            _inversion.Invert(_k, _k);
            _s.SetProduct(_s, _k);
        }

        private void DrawStartZ()
        {
            byte[] mask = _masks.Next();
            _field.Read(_startZ, mask, 0);
            Secret.Clear(mask);
        }

        private void ClearIntermediates()
        {
            _d.Clear();
            _k.Clear();
            _s.Clear();
            _mask.Clear();
            _startZ.SetSmall(0);
            _point.Clear();
            Secret.Clear(_octets);
            _nonces.Clear();
            _inversion.Clear();
            _generator.Clear();
        }
    }
}
