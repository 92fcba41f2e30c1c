using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// EIP-55: a letter of an address is upper case where the Keccak-256 of the lower-case digits
    /// has 8 or more in the same place. A mistyped digit is found with a chance of 99.986 %.
    /// </summary>
    internal static class AddressChecksum
    {
        /// <summary>
        /// True if the case of every letter is right, or all letters have one case.
        /// </summary>
        /// <param name="digits">40 hex digits as written.</param>
        /// <param name="lowerDigits">The same in lower case.</param>
        public static bool IsRight(string digits, string lowerDigits)
        {
            if (string.Equals(digits, lowerDigits) || !HasLowerLetter(digits))
            {
                return true;
            }

            byte[] hash = Hash(lowerDigits);
            for (int i = 0; i < digits.Length; i++)
            {
                int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0x0F;
                bool isLetter = lowerDigits[i] >= 'a';
                bool isUpper = digits[i] != lowerDigits[i];
                if (isLetter && isUpper != nibble >= 8)
                {
                    return false;
                }
            }

            return true;
        }

        private static bool HasLowerLetter(string digits)
        {
            for (int i = 0; i < digits.Length; i++)
            {
                if (digits[i] >= 'a')
                {
                    return true;
                }
            }

            return false;
        }

        private static byte[] Hash(string lowerDigits)
        {
            byte[] characters = new byte[lowerDigits.Length];
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = (byte)lowerDigits[i];
            }

            byte[] hash = new byte[Keccak256.DigestLength];
            Keccak256 keccak = new Keccak256();
            keccak.Append(characters, 0, characters.Length);
            keccak.Finish(hash, 0);
            return hash;
        }
    }
}
