namespace Helios.Signing
{
    /// <summary>A <see cref="SupplyOrder"/> as an EIP-712 type.</summary>
    public static class SupplyOrderType
    {
        /// <summary>The text whose Keccak-256 is the type hash.</summary>
        public const string TypeText = "SupplyOrder(address meter,uint48 authorisedWh)";

        private static readonly byte[] TypeHash =
        {
            0x86, 0x5F, 0x0A, 0x15, 0x72, 0x67, 0x8F, 0xB9,
            0x8E, 0xBA, 0xE9, 0x2D, 0x49, 0x75, 0x22, 0xCC,
            0x2A, 0x7D, 0x93, 0x2A, 0xD0, 0xED, 0x0B, 0xFD,
            0xCF, 0xD1, 0x2A, 0xF1, 0x8D, 0x99, 0xFE, 0x7D,
        };

        /// <summary>Appends the type hash and every member; the caller finishes.</summary>
        public static void Encode(SupplyOrder order, Eip712Encoder encoder)
        {
            encoder.Begin(TypeHash);
            encoder.AppendAddress(order.Meter);
            encoder.AppendUint(order.AuthorisedWh);
        }
    }
}
