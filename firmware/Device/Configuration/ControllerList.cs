using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// Addresses with commas between, as the value of <c>controllers</c>: 1 to 7, strictly
    /// ascending, so that none stands there twice.
    /// </summary>
    internal static class ControllerList
    {
        /// <summary>Controllers of one meter at most.</summary>
        public const int CountMax = 7;

        /// <summary>What to write.</summary>
        public const string Expected =
            "1 to 7 different addresses in ascending order, with commas between";

        /// <summary>Reads them; leaves the list alone if something is wrong.</summary>
        public static bool TryRead(string text, ref byte[][] controllers)
        {
            string[] parts = text.Split(',');
            if (parts.Length > CountMax)
            {
                return false;
            }

            byte[][] read = new byte[parts.Length][];
            for (int i = 0; i < parts.Length; i++)
            {
                if (!ConfigurationText.TryReadAddress(parts[i].Trim(), ref read[i])
                    || (i > 0 && !IsBelow(read[i - 1], read[i])))
                {
                    return false;
                }
            }

            controllers = read;
            return true;
        }

        private static bool IsBelow(byte[] one, byte[] other)
        {
            for (int i = 0; i < AddressBytes.Length; i++)
            {
                if (one[i] != other[i])
                {
                    return one[i] < other[i];
                }
            }

            return false;
        }
    }
}
