using System;

namespace Helios.Signing
{
    /// <summary>
    /// SHA-256, FIPS 180-4, section 6.2. One instance hashes any number of messages, one after
    /// another. The time depends on the length alone. <see cref="Clear"/> wipes what it holds.
    /// </summary>
    public sealed class Sha256
    {
        /// <summary>Bytes of a digest.</summary>
        public const int DigestLength = 32;

        /// <summary>Bytes of a block.</summary>
        public const int BlockLength = 64;

        // FIPS 180-4, 4.2.2: the first 32 bits of the fractional parts of the cube roots of the
        // first 64 primes. A test computes them.
        private static readonly uint[] RoundConstants =
        {
            0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1,
            0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3,
            0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786,
            0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
            0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147,
            0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13,
            0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
            0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
            0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A,
            0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208,
            0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
        };

        private readonly uint[] _state = new uint[8];
        private readonly uint[] _schedule = new uint[64];
        private readonly byte[] _block = new byte[BlockLength];
        private int _filled;
        private ulong _lengthBytes;

        /// <summary>Begins a message, whatever was appended before.</summary>
        public void Reset()
        {
            // FIPS 180-4, 5.3.3: the same bits of the square roots of the first eight primes.
            _state[0] = 0x6A09E667;
            _state[1] = 0xBB67AE85;
            _state[2] = 0x3C6EF372;
            _state[3] = 0xA54FF53A;
            _state[4] = 0x510E527F;
            _state[5] = 0x9B05688C;
            _state[6] = 0x1F83D9AB;
            _state[7] = 0x5BE0CD19;
            _filled = 0;
            _lengthBytes = 0;
        }

        /// <summary>Appends bytes to the message.</summary>
        public void Append(byte[] source, int offset, int count)
        {
            _lengthBytes += (ulong)count;
            while (count > 0)
            {
                int taken = BlockLength - _filled;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(source, offset, _block, _filled, taken);
                _filled += taken;
                offset += taken;
                count -= taken;
                if (_filled == BlockLength)
                {
                    AbsorbBlock();
                }
            }
        }

        /// <summary>Ends the message. The next one begins with <see cref="Reset"/>.</summary>
        /// <param name="digest">Receives 32 bytes from index 0.</param>
        public void Finish(byte[] digest)
        {
            // FIPS 180-4, 5.1.1: a one bit, zeros, and the length in bits in the last eight bytes.
            ulong lengthBits = _lengthBytes << 3;
            _block[_filled++] = 0x80;
            if (_filled > BlockLength - 8)
            {
                Array.Clear(_block, _filled, BlockLength - _filled);
                AbsorbBlock();
            }

            Array.Clear(_block, _filled, BlockLength - _filled);
            for (int i = BlockLength - 1; i >= BlockLength - 8; i--)
            {
                _block[i] = (byte)lengthBits;
                lengthBits >>= 8;
            }

            AbsorbBlock();
            for (int i = 0; i < 8; i++)
            {
                uint word = _state[i];
                digest[4 * i] = (byte)(word >> 24);
                digest[4 * i + 1] = (byte)(word >> 16);
                digest[4 * i + 2] = (byte)(word >> 8);
                digest[4 * i + 3] = (byte)word;
            }
        }

        /// <summary>Overwrites everything that a secret message left behind.</summary>
        public void Clear()
        {
            Array.Clear(_state, 0, _state.Length);
            Array.Clear(_schedule, 0, _schedule.Length);
            Array.Clear(_block, 0, BlockLength);
            _filled = 0;
        }

        private void AbsorbBlock()
        {
            uint[] w = _schedule;
            for (int i = 0; i < 16; i++)
            {
                w[i] = ((uint)_block[4 * i] << 24) | ((uint)_block[4 * i + 1] << 16)
                    | ((uint)_block[4 * i + 2] << 8) | _block[4 * i + 3];
            }

            for (int i = 16; i < 64; i++)
            {
                uint x = w[i - 15];
                uint y = w[i - 2];
                uint s0 = ((x >> 7) | (x << 25)) ^ ((x >> 18) | (x << 14)) ^ (x >> 3);
                uint s1 = ((y >> 17) | (y << 15)) ^ ((y >> 19) | (y << 13)) ^ (y >> 10);
                w[i] = w[i - 16] + s0 + w[i - 7] + s1;
            }

            Compress(_state, w);
            _filled = 0;
        }

        private static void Compress(uint[] s, uint[] w)
        {
            uint a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
            for (int i = 0; i < 64; i++)
            {
                uint s1 = ((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21))
                    ^ ((e >> 25) | (e << 7));
                uint t1 = h + s1 + ((e & f) ^ (~e & g)) + RoundConstants[i] + w[i];
                uint s0 = ((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19))
                    ^ ((a >> 22) | (a << 10));
                uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }

            s[0] += a;
            s[1] += b;
            s[2] += c;
            s[3] += d;
            s[4] += e;
            s[5] += f;
            s[6] += g;
            s[7] += h;
        }
    }
}
