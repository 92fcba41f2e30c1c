using System;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// Makes a secret: HMAC-SHA-256 under 64 random bytes of the chip, over the nonce of whoever
    /// provisions. Either one alone is enough, as long as it is random and secret.
    /// </summary>
    public sealed class KeyMaker
    {
        private const int EntropyLength = 64;

        // "Helios key" in ASCII: no other use of the same bytes gives the same secret.
        private static readonly byte[] Purpose =
        {
            0x48, 0x65, 0x6C, 0x69, 0x6F, 0x73, 0x20, 0x6B, 0x65, 0x79,
        };

        private readonly IEntropy _entropy;
        private readonly IHmacSha256 _hmac;

        /// <param name="entropy">Truly random only while the radio is on.</param>
        /// <param name="hmac">The platform's HMAC.</param>
        public KeyMaker(IEntropy entropy, IHmacSha256 hmac)
        {
            _entropy = entropy;
            _hmac = hmac;
        }

        /// <summary>A new secret.</summary>
        /// <param name="nonce">The configuration's provisioning nonce.</param>
        /// <returns>
        /// 32 bytes, 1 to n - 1, which the caller clears; null if the chip's random bytes are
        /// plainly none.
        /// </returns>
        public byte[] TryMake(byte[] nonce)
        {
            byte[] entropy = new byte[EntropyLength];
            _entropy.Fill(entropy);
            byte[] secret = null;
            if (!IsStuck(entropy))
            {
                byte[] purpose = new byte[nonce.Length + Purpose.Length];
                Array.Copy(nonce, 0, purpose, 0, nonce.Length);
                Array.Copy(Purpose, 0, purpose, nonce.Length, Purpose.Length);
                secret = _hmac.HashData(entropy, purpose);
            }

            Array.Clear(entropy, 0, EntropyLength);

            // Not below n once in 2^128: the next try makes another.
            return secret != null && SigningKey.IsValidSecret(secret) ? secret : null;
        }

        // 64 random bytes hold fewer than 16 different ones with a chance below 2^-128.
        private static bool IsStuck(byte[] entropy)
        {
            bool[] isSeen = new bool[256];
            int different = 0;
            for (int i = 0; i < EntropyLength; i++)
            {
                if (!isSeen[entropy[i]])
                {
                    isSeen[entropy[i]] = true;
                    different++;
                }
            }

            return different < 16;
        }
    }
}
