using System;

namespace Helios.Signing
{
    /// <summary>
    /// Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with rate 136 and the padding of
    /// the original submission (0x01, not SHA-3's 0x06). One instance hashes any number of
    /// messages, one after another, and allocates only when it is made. The time depends on the
    /// length alone.
    /// </summary>
    public sealed class Keccak256
    {
        /// <summary>Bytes of a digest.</summary>
        public const int DigestLength = 32;

        private const int RateLength = 136;
        private const int Lanes = 25;

        // FIPS 202, algorithm 5 (rc) for rounds 0 to 23. A test computes them with that register.
        private static readonly ulong[] RoundConstants =
        {
            0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
            0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
            0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
            0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
            0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
            0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
        };

        private readonly ulong[] _state = new ulong[Lanes];
        private readonly byte[] _block = new byte[RateLength];
        private int _filled;

        /// <summary>Hashes one whole message.</summary>
        /// <param name="message">The message, 0 bytes or more.</param>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void Hash(byte[] message, byte[] digest)
        {
            Reset();
            Append(message, 0, message.Length);
            Finish(digest, 0);
        }

        /// <summary>Begins a message, whatever was appended before.</summary>
        public void Reset()
        {
            Array.Clear(_state, 0, Lanes);
            _filled = 0;
        }

        /// <summary>Appends bytes to the message.</summary>
        public void Append(byte[] source, int offset, int count)
        {
            while (count > 0)
            {
                int taken = RateLength - _filled;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(source, offset, _block, _filled, taken);
                _filled += taken;
                offset += taken;
                count -= taken;
                if (_filled == RateLength)
                {
                    AbsorbBlock();
                }
            }
        }

        /// <summary>Ends the message. The next one begins with <see cref="Reset"/>.</summary>
        /// <param name="digest">Receives 32 bytes.</param>
        /// <param name="offset">Where in <paramref name="digest"/> they begin.</param>
        public void Finish(byte[] digest, int offset)
        {
            Array.Clear(_block, _filled, RateLength - _filled);

            // pad10*1: the first and the last bit of the padding may fall into one byte.
            _block[_filled] = 0x01;
            _block[RateLength - 1] |= 0x80;
            AbsorbBlock();

            for (int lane = 0; lane < DigestLength / 8; lane++)
            {
                ulong value = _state[lane];
                for (int i = 0; i < 8; i++)
                {
                    digest[offset++] = (byte)value;
                    value >>= 8;
                }
            }
        }

        private void AbsorbBlock()
        {
            byte[] b = _block;
            int i = 0;
            for (int lane = 0; lane < RateLength / 8; lane++)
            {
                // Lanes are little-endian (FIPS 202, B.1).
                _state[lane] ^= b[i] | ((ulong)b[i + 1] << 8)
                    | ((ulong)b[i + 2] << 16) | ((ulong)b[i + 3] << 24)
                    | ((ulong)b[i + 4] << 32) | ((ulong)b[i + 5] << 40)
                    | ((ulong)b[i + 6] << 48) | ((ulong)b[i + 7] << 56);
                i += 8;
            }

            Permute(_state);
            _filled = 0;
        }

        /// <summary>
        /// Keccak-f[1600], FIPS 202, 3.3. Lane (x, y) of the standard is a[x + 5y]. Every lane is
        /// a local, since an interpreter pays three instructions more for each access to an
        /// array.
        /// </summary>
        private static void Permute(ulong[] s)
        {
            ulong a0 = s[0], a1 = s[1], a2 = s[2], a3 = s[3], a4 = s[4];
            ulong a5 = s[5], a6 = s[6], a7 = s[7], a8 = s[8], a9 = s[9];
            ulong a10 = s[10], a11 = s[11], a12 = s[12], a13 = s[13], a14 = s[14];
            ulong a15 = s[15], a16 = s[16], a17 = s[17], a18 = s[18], a19 = s[19];
            ulong a20 = s[20], a21 = s[21], a22 = s[22], a23 = s[23], a24 = s[24];
            ulong b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12;
            ulong b13, b14, b15, b16, b17, b18, b19, b20, b21, b22, b23, b24;
            ulong t, c0, c1, c2, c3, c4;

            for (int round = 0; round < 24; round++)
            {
                // Theta (3.2.1): the parities of two columns go into every lane.
                c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
                c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
                c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
                c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
                c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
                ulong d0 = c4 ^ ((c1 << 1) | (c1 >> 63));
                ulong d1 = c0 ^ ((c2 << 1) | (c2 >> 63));
                ulong d2 = c1 ^ ((c3 << 1) | (c3 >> 63));
                ulong d3 = c2 ^ ((c4 << 1) | (c4 >> 63));
                ulong d4 = c3 ^ ((c0 << 1) | (c0 >> 63));

                // Theta's addition, rho (3.2.2: the rotation) and pi (3.2.3: the new place) in
                // one.
                b0 = a0 ^ d0; t = a1 ^ d1; b10 = (t << 1) | (t >> 63);
                t = a2 ^ d2; b20 = (t << 62) | (t >> 2); t = a3 ^ d3; b5 = (t << 28) | (t >> 36);
                t = a4 ^ d4; b15 = (t << 27) | (t >> 37);
                t = a5 ^ d0; b16 = (t << 36) | (t >> 28); t = a6 ^ d1; b1 = (t << 44) | (t >> 20);
                t = a7 ^ d2; b11 = (t << 6) | (t >> 58); t = a8 ^ d3; b21 = (t << 55) | (t >> 9);
                t = a9 ^ d4; b6 = (t << 20) | (t >> 44); t = a10 ^ d0; b7 = (t << 3) | (t >> 61);
                t = a11 ^ d1; b17 = (t << 10) | (t >> 54);
                t = a12 ^ d2; b2 = (t << 43) | (t >> 21);
                t = a13 ^ d3; b12 = (t << 25) | (t >> 39);
                t = a14 ^ d4; b22 = (t << 39) | (t >> 25);
                t = a15 ^ d0; b23 = (t << 41) | (t >> 23);
                t = a16 ^ d1; b8 = (t << 45) | (t >> 19);
                t = a17 ^ d2; b18 = (t << 15) | (t >> 49);
                t = a18 ^ d3; b3 = (t << 21) | (t >> 43);
                t = a19 ^ d4; b13 = (t << 8) | (t >> 56);
                t = a20 ^ d0; b14 = (t << 18) | (t >> 46);
                t = a21 ^ d1; b24 = (t << 2) | (t >> 62); t = a22 ^ d2; b9 = (t << 61) | (t >> 3);
                t = a23 ^ d3; b19 = (t << 56) | (t >> 8);
                t = a24 ^ d4; b4 = (t << 14) | (t >> 50);

                // Chi (3.2.4) along each row, then iota (3.2.5).
                a0 = b0 ^ (~b1 & b2); a1 = b1 ^ (~b2 & b3); a2 = b2 ^ (~b3 & b4);
                a3 = b3 ^ (~b4 & b0); a4 = b4 ^ (~b0 & b1); a5 = b5 ^ (~b6 & b7);
                a6 = b6 ^ (~b7 & b8); a7 = b7 ^ (~b8 & b9); a8 = b8 ^ (~b9 & b5);
                a9 = b9 ^ (~b5 & b6); a10 = b10 ^ (~b11 & b12); a11 = b11 ^ (~b12 & b13);
                a12 = b12 ^ (~b13 & b14); a13 = b13 ^ (~b14 & b10); a14 = b14 ^ (~b10 & b11);
                a15 = b15 ^ (~b16 & b17); a16 = b16 ^ (~b17 & b18); a17 = b17 ^ (~b18 & b19);
                a18 = b18 ^ (~b19 & b15); a19 = b19 ^ (~b15 & b16); a20 = b20 ^ (~b21 & b22);
                a21 = b21 ^ (~b22 & b23); a22 = b22 ^ (~b23 & b24); a23 = b23 ^ (~b24 & b20);
                a24 = b24 ^ (~b20 & b21);
                a0 ^= RoundConstants[round];
            }

            s[0] = a0; s[1] = a1; s[2] = a2; s[3] = a3; s[4] = a4; s[5] = a5; s[6] = a6;
            s[7] = a7; s[8] = a8; s[9] = a9; s[10] = a10; s[11] = a11; s[12] = a12; s[13] = a13;
            s[14] = a14; s[15] = a15; s[16] = a16; s[17] = a17; s[18] = a18; s[19] = a19;
            s[20] = a20; s[21] = a21; s[22] = a22; s[23] = a23; s[24] = a24;
        }
    }
}
