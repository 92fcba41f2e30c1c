using Helios.Messaging;
using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// The values of a configuration line. Each method says whether the text is one, and leaves
    /// what it gives alone if not.
    /// </summary>
    internal static class ConfigurationText
    {
        /// <summary>Characters of a host name at most: RFC 1035, 2.3.4.</summary>
        public const int HostLengthMax = 253;

        private const int AddressLength = 2 + 2 * AddressBytes.Length;

        /// <summary>A whole number in decimal digits, within bounds.</summary>
        public static bool TryReadNumber(string text, ulong min, ulong max, ref ulong number)
        {
            if (text.Length == 0)
            {
                return false;
            }

            ulong value = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char digit = text[i];
                if (digit < '0' || digit > '9')
                {
                    return false;
                }

                ulong units = (ulong)(digit - '0');
                if (units > max || value > (max - units) / 10)
                {
                    return false;
                }

                value = value * 10 + units;
            }

            if (value < min)
            {
                return false;
            }

            number = value;
            return true;
        }

        /// <summary>yes or no.</summary>
        public static bool TryReadYesOrNo(string text, ref bool isYes)
        {
            bool isRead = string.Equals(text, "yes");
            if (!isRead && !string.Equals(text, "no"))
            {
                return false;
            }

            isYes = isRead;
            return true;
        }

        /// <summary>A host name or IPv4 address by its characters; DNS decides the rest.</summary>
        public static bool TryReadHost(string text, ref string host)
        {
            if (text.Length == 0 || text.Length > HostLengthMax)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                bool isAllowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9') || c == '.' || c == '-';
                if (!isAllowed)
                {
                    return false;
                }
            }

            host = text;
            return true;
        }

        /// <summary>Bytes as two hex digits each, of either case, with or without 0x.</summary>
        public static bool TryReadBytes(string text, int lengthMin, int lengthMax, ref byte[] bytes)
        {
            string digits = text.Length >= 2 && text[0] == '0' && text[1] == 'x'
                ? text.Substring(2)
                : text;
            int length = digits.Length / 2;
            if (digits.Length % 2 != 0 || length < lengthMin || length > lengthMax)
            {
                return false;
            }

            byte[] read = new byte[length];
            for (int i = 0; i < length; i++)
            {
                int high = Digit(digits[2 * i]);
                int low = Digit(digits[2 * i + 1]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                read[i] = (byte)(high * 16 + low);
            }

            bytes = read;
            return true;
        }

        /// <summary>
        /// An address: 0x and 40 hex digits, not zero. Written in both cases, its checksum
        /// (EIP-55) must be right; in one case it has none.
        /// </summary>
        public static bool TryReadAddress(string text, ref byte[] address)
        {
            byte[] read = null;
            if (text.Length != AddressLength
                || text[1] != 'x'
                || !TryReadBytes(text, AddressBytes.Length, AddressBytes.Length, ref read)
                || !AddressBytes.IsSet(read)
                || !AddressChecksum.IsRight(text.Substring(2), Topics.ToHex(read)))
            {
                return false;
            }

            address = read;
            return true;
        }

        private static int Digit(char digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            if (digit >= 'a' && digit <= 'f')
            {
                return digit - 'a' + 10;
            }

            return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
        }
    }
}
