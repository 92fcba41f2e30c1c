namespace Helios.Signing
{
    /// <summary>
    /// Checks ECDSA signatures on secp256k1 over digests of 32 bytes: recovers the signer (SEC 1,
    /// 4.1.6, with the restrictions of Ethereum's ecrecover and EIP-2098) or verifies against a
    /// public key (SEC 1, 4.1.4). Everything is public: the time depends on the input; a crafted
    /// one may take about four times as long as an honest one. Not for several threads at once.
    /// </summary>
    public sealed class SignatureVerifier
    {
        private const int Half = Limbs.ByteCount;

        private readonly FieldArithmetic _field = new FieldArithmetic();
        private readonly ScalarInversion _inversion = new ScalarInversion();
        private readonly PointArithmetic _points;
        private readonly DoubleMultiplication _multiplication;

        private readonly byte[] _octets = new byte[2 * Half];
        private readonly Scalar _r = new Scalar();
        private readonly Scalar _s = new Scalar();
        private readonly Scalar _u1 = new Scalar();
        private readonly Scalar _u2 = new Scalar();
        private readonly FieldElement _square = new FieldElement();
        private readonly AffinePoint _given = new AffinePoint();
        private readonly AffinePoint _found = new AffinePoint();
        private readonly JacobianPoint _sum = new JacobianPoint();

        /// <summary>
        /// Makes a verifier with all its scratch; checking allocates little more.
        /// </summary>
        public SignatureVerifier()
        {
            _points = new PointArithmetic(_field);
            _multiplication = new DoubleMultiplication(_points);
        }

        /// <summary>Recovers the address that signed.</summary>
        /// <param name="digest">32 bytes from index 0.</param>
        /// <param name="signature">
        /// 64 bytes from index 0: r, then s with R's parity in bit 255.
        /// </param>
        /// <param name="address">Receives 20 bytes from index 0 if the result is Valid.</param>
        public SignatureCheck Recover(byte[] digest, byte[] signature, byte[] address)
        {
            SignatureCheck ranges = ReadSignature(signature);
            if (ranges != SignatureCheck.Valid)
            {
                return ranges;
            }

            // R's x is r itself: r + n would be below p in one case of 2^128, and EIP-2098 has no
            // bit for it, just as ecrecover takes 27 and 28 only.
            _field.Read(_given.X, signature, 0);
            if (!TrySetY(_given, signature[Half] >> 7 != 0))
            {
                return SignatureCheck.NotOnCurve;
            }

            // Q = (s R - z G) / r.
            _inversion.Invert(_r, _r);
            _u1.Read(digest, 0);
            _u1.SetNegative(_u1);
            _u1.SetProduct(_u1, _r);
            _u2.SetProduct(_s, _r);
            if (!TrySum())
            {
                return SignatureCheck.WrongSigner;
            }

            _field.Write(_found.X, _octets, 0);
            _field.Write(_found.Y, _octets, Half);
            SignerAddress.Write(_octets, address);
            return SignatureCheck.Valid;
        }

        /// <summary>Verifies a signature against a public key.</summary>
        /// <param name="digest">32 bytes from index 0.</param>
        /// <param name="signature">
        /// 64 bytes from index 0: r, then s with R's parity in bit 255, which must be right too,
        /// so that a digest has one accepted signature for each nonce.
        /// </param>
        /// <param name="publicKey">X and Y, 64 bytes from index 0.</param>
        public SignatureCheck Verify(byte[] digest, byte[] signature, byte[] publicKey)
        {
            SignatureCheck ranges = ReadSignature(signature);
            if (ranges != SignatureCheck.Valid)
            {
                return ranges;
            }

            if (!TryReadPublicKey(publicKey))
            {
                return SignatureCheck.NotOnCurve;
            }

            // R = (z G + r Q) / s.
            _inversion.Invert(_s, _s);
            _u1.Read(digest, 0);
            _u1.SetProduct(_u1, _s);
            _u2.SetProduct(_r, _s);
            if (!TrySum())
            {
                return SignatureCheck.WrongSigner;
            }

            // x may be r or r + n: it is compared modulo n.
            _field.Write(_found.X, _octets, 0);
            _s.Read(_octets, 0);
            bool isOdd = signature[Half] >> 7 != 0;
            return _s.IsSame(_r) && _found.Y.IsOdd() == isOdd
                ? SignatureCheck.Valid
                : SignatureCheck.WrongSigner;
        }

        private SignatureCheck ReadSignature(byte[] signature)
        {
            for (int i = 0; i < Half; i++)
            {
                _octets[i] = signature[Half + i];
            }

            _octets[0] &= 0x7F;

            // s has no bit 255 left, so it is always below n.
            _s.Read(_octets, 0);
            if (!_r.Read(signature, 0) || _r.IsZero() || _s.IsZero())
            {
                return SignatureCheck.OutOfRange;
            }

            return _s.IsHigh() != 0 ? SignatureCheck.HighS : SignatureCheck.Valid;
        }

        // Sets y to the root of x^3 + 7 with the given parity, if there is one.
        private bool TrySetY(AffinePoint point, bool isOdd)
        {
            SetCurveSide(point.X);
            FieldArithmetic.SetRoot(point.Y, _square);
            if (!IsRoot(point.Y))
            {
                return false;
            }

            // The group's order is odd, so no point has y = 0.
            point.Y.Normalise();
            if (point.Y.IsOdd() != isOdd)
            {
                point.Y.SetNegative(point.Y);
                point.Y.Normalise();
            }

            return true;
        }

        private bool TryReadPublicKey(byte[] publicKey)
        {
            if (!_field.Read(_given.X, publicKey, 0) || !_field.Read(_given.Y, publicKey, Half))
            {
                return false;
            }

            SetCurveSide(_given.X);
            return IsRoot(_given.Y);
        }

        // x^3 + 7, normalised.
        private void SetCurveSide(FieldElement x)
        {
            _square.SetSquare(x);
            _square.SetProduct(_square, x);
            _square.N0 += 7;
            _square.Normalise();
        }

        private bool IsRoot(FieldElement y)
        {
            FieldElement squared = _sum.X;
            squared.SetSquare(y);
            squared.Normalise();
            return squared.IsSame(_square);
        }

        // Sets the found point to u1 G + u2 * the given point. False if that is the point at
        // infinity.
        private bool TrySum()
        {
            _multiplication.Multiply(_sum, _u1, _u2, _given);
            if (_sum.Z.IsZero())
            {
                return false;
            }

            _points.SetAffine(_found, _sum);
            return true;
        }
    }
}
