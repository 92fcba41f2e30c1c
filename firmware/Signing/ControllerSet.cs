using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// Who may order supply, and how many of them must agree. The set before signs the next one,
    /// for all meters of a deployment alike. Never changes.
    /// </summary>
    public sealed class ControllerSet
    {
        /// <summary>Controllers in a set at most: what a meter's journal has room for.</summary>
        public const int CountMax = SupplyRecord.ControllersMax;

        /// <param name="number">
        /// 0 for the set of provisioning, one more for each that follows.
        /// </param>
        /// <param name="threshold">How many must agree, 1 to the count.</param>
        /// <param name="addresses">
        /// 1 to 7 of 20 bytes, not zero, strictly ascending; kept, not copied.
        /// </param>
        public ControllerSet(uint number, byte threshold, byte[][] addresses)
        {
            Number = number;
            Threshold = threshold;
            Addresses = addresses;
        }

        /// <summary>Rises by one with each set.</summary>
        public uint Number { get; }

        /// <summary>How many controllers must agree.</summary>
        public byte Threshold { get; }

        /// <summary>The controllers' addresses, ascending.</summary>
        public byte[][] Addresses { get; }

        /// <summary>Says which rule of a set is broken, if any.</summary>
        public ControllerSetCheck Check()
        {
            if (Addresses.Length == 0 || Addresses.Length > CountMax)
            {
                return ControllerSetCheck.CountOutOfRange;
            }

            if (Threshold == 0 || Threshold > Addresses.Length)
            {
                return ControllerSetCheck.ThresholdOutOfRange;
            }

            for (int i = 0; i < Addresses.Length; i++)
            {
                if (!AddressBytes.IsSet(Addresses[i]))
                {
                    return ControllerSetCheck.AddressMissing;
                }

                if (i > 0 && !AddressBytes.IsAscending(Addresses[i - 1], Addresses[i]))
                {
                    return ControllerSetCheck.NotAscending;
                }
            }

            return ControllerSetCheck.Sound;
        }

        /// <summary>The place of a controller in the set; -1 for anyone else.</summary>
        public int PlaceOf(byte[] address)
        {
            for (int i = 0; i < Addresses.Length; i++)
            {
                if (AddressBytes.AreEqual(Addresses[i], address))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
