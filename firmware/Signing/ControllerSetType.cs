namespace Helios.Signing
{
    /// <summary>A <see cref="ControllerSet"/> as the EIP-712 type Controllers.</summary>
    public static class ControllerSetType
    {
        /// <summary>The text whose Keccak-256 is the type hash.</summary>
        public const string TypeText =
            "Controllers(uint32 number,uint8 threshold,address[] controllers)";

        private static readonly byte[] TypeHash =
        {
            0x4B, 0x08, 0x02, 0x85, 0xA9, 0xA3, 0x32, 0xCF,
            0x2E, 0xD8, 0xBE, 0x99, 0xBE, 0x9E, 0x99, 0xFF,
            0x10, 0x77, 0x95, 0x18, 0xC3, 0xA9, 0xF5, 0xAE,
            0x63, 0xED, 0xB5, 0xAA, 0xCC, 0x6F, 0xB0, 0xFA,
        };

        /// <summary>Appends the type hash and every member; the caller finishes.</summary>
        public static void Encode(ControllerSet set, Eip712Encoder encoder)
        {
            // An array's word is the hash of its members' words, so it is hashed first.
            byte[] addresses = new byte[Keccak256.DigestLength];
            encoder.BeginArray();
            for (int i = 0; i < set.Addresses.Length; i++)
            {
                encoder.AppendAddress(set.Addresses[i]);
            }

            encoder.Finish(addresses);
            encoder.Begin(TypeHash);
            encoder.AppendUint(set.Number);
            encoder.AppendUint(set.Threshold);
            encoder.AppendWord(addresses);
        }
    }
}
