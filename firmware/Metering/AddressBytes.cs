namespace Helios.Metering
{
    /// <summary>
    /// What is asked of the 20 bytes that name a meter, an owner or a contract. An address is a
    /// plain byte array here: the digest, the journal and the topics all take its bytes.
    /// </summary>
    public static class AddressBytes
    {
        /// <summary>Bytes of an address.</summary>
        public const int Length = 20;

        /// <summary>True for 20 bytes that are not all zero.</summary>
        public static bool IsSet(byte[] address)
        {
            if (address == null || address.Length != Length)
            {
                return false;
            }

            int bits = 0;
            for (int i = 0; i < Length; i++)
            {
                bits |= address[i];
            }

            return bits != 0;
        }

        /// <summary>
        /// True if both name the same account. Not constant time: addresses are public.
        /// </summary>
        public static bool AreEqual(byte[] one, byte[] other)
        {
            for (int i = 0; i < Length; i++)
            {
                if (one[i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>True if the first is the lower number of the two, both big-endian.</summary>
        public static bool IsAscending(byte[] lower, byte[] higher)
        {
            for (int i = 0; i < Length; i++)
            {
                if (lower[i] != higher[i])
                {
                    return lower[i] < higher[i];
                }
            }

            return false;
        }
    }
}
