namespace Helios.Signing
{
    /// <summary>An <see cref="OwnerRequest"/> as an EIP-712 type.</summary>
    public static class OwnerRequestType
    {
        /// <summary>The text whose Keccak-256 is the type hash.</summary>
        public const string TypeText =
            "OwnerRequest(address meter,uint8 action,uint32 number,uint160 argument)";

        private static readonly byte[] TypeHash =
        {
            0x1C, 0xC2, 0x25, 0xC0, 0xAD, 0x21, 0x55, 0x7F,
            0xF7, 0xBA, 0x6F, 0x0E, 0x94, 0x55, 0x78, 0xCF,
            0x38, 0xDE, 0x6D, 0x53, 0x63, 0xE5, 0x20, 0x7E,
            0xE1, 0x75, 0x55, 0xBD, 0x34, 0x5E, 0x8C, 0x06,
        };

        /// <summary>Appends the type hash and every member; the caller finishes.</summary>
        public static void Encode(OwnerRequest request, Eip712Encoder encoder)
        {
            encoder.Begin(TypeHash);
            encoder.AppendAddress(request.Meter);
            encoder.AppendUint(request.Action);
            encoder.AppendUint(request.Number);

            // uint160 and address are the same word.
            encoder.AppendAddress(request.Argument);
        }
    }
}
