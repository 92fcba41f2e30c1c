using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// Before anything is signed: HMAC, Keccak and a signature against answers by others. A chip,
    /// an image or a build that calculates wrong would burn paginations at best, and at worst sign
    /// with a nonce that gives the key away.
    /// </summary>
    public sealed class SelfTest
    {
        private readonly IHmacSha256 _hmac;
        private readonly KnownAnswers _answers;

        /// <param name="hmac">The platform's HMAC.</param>
        public SelfTest(IHmacSha256 hmac)
            : this(hmac, new KnownAnswers())
        {
        }

        internal SelfTest(IHmacSha256 hmac, KnownAnswers answers)
        {
            _hmac = hmac;
            _answers = answers;
        }

        /// <summary>Runs it; takes about as long as two signatures.</summary>
        public SelfTestResult Run()
        {
            byte[] code = _hmac.HashData(KnownAnswers.HmacKey, KnownAnswers.HmacMessage);
            if (!AreEqual(code, _answers.Hmac))
            {
                return SelfTestResult.HmacWrong;
            }

            byte[] hash = new byte[Keccak256.DigestLength];
            new Keccak256().Finish(hash, 0);
            if (!AreEqual(hash, _answers.Keccak))
            {
                return SelfTestResult.KeccakWrong;
            }

            return IsSignatureRight() ? SelfTestResult.Passed : SelfTestResult.SignatureWrong;
        }

        private bool IsSignatureRight()
        {
            byte[] one = new byte[SigningKey.SecretLength];
            one[SigningKey.SecretLength - 1] = 1;
            SigningKey key = new SigningKey(one, _hmac);
            byte[] address = new byte[SignerAddress.Length];
            byte[] signature = new byte[SigningKey.SignatureLength];
            key.CopyAddressTo(address, 0);
            key.Sign(KnownAnswers.Digest, signature);
            return AreEqual(address, _answers.Address) && AreEqual(signature, _answers.Signature);
        }

        private static bool AreEqual(byte[] given, byte[] expected)
        {
            if (given.Length != expected.Length)
            {
                return false;
            }

            for (int i = 0; i < expected.Length; i++)
            {
                if (given[i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
