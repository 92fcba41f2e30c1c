using Helios.Metering;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// Addresses with commas between, as the value of <c>controllers</c>: 1 to 7, strictly
    /// ascending, so that none stands there twice.
    /// </summary>
    internal static class ControllerList
    {
        /// <summary>What to write.</summary>
        public const string Expected =
            "1 to 7 different addresses in ascending order, with commas between";

        /// <summary>Reads them; leaves the list alone if something is wrong.</summary>
        public static bool TryRead(string text, ref byte[][] controllers)
        {
            string[] parts = text.Split(',');
            if (parts.Length > ControllerSet.CountMax)
            {
                return false;
            }

            byte[][] read = new byte[parts.Length][];
            for (int i = 0; i < parts.Length; i++)
            {
                if (!ConfigurationText.TryReadAddress(parts[i].Trim(), ref read[i])
                    || (i > 0 && !AddressBytes.IsAscending(read[i - 1], read[i])))
                {
                    return false;
                }
            }

            controllers = read;
            return true;
        }
    }
}
