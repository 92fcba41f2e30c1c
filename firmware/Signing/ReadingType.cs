using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>A <see cref="Reading"/> as an EIP-712 type.</summary>
    public static class ReadingType
    {
        /// <summary>The text whose Keccak-256 is the type hash.</summary>
        public const string TypeText = "Reading(uint32 pagination,uint48 exportWh,uint48 importWh,"
            + "uint48 authorisedWh,uint48 returnedWh,uint40 takenAt,uint16 status)";

        private static readonly byte[] TypeHash =
        {
            0xB1, 0x5B, 0xD0, 0x7A, 0xC6, 0x1F, 0x31, 0x3F,
            0x1C, 0x5D, 0x30, 0xE7, 0x0A, 0x1F, 0xE1, 0xE7,
            0x58, 0x07, 0xA9, 0xC1, 0x96, 0x5A, 0x60, 0x7E,
            0x3C, 0x87, 0xFA, 0xE7, 0x11, 0x70, 0x78, 0x95,
        };

        /// <summary>Appends the type hash and every member; the caller finishes.</summary>
        public static void Encode(Reading reading, Eip712Encoder encoder)
        {
            encoder.Begin(TypeHash);
            encoder.AppendUint(reading.Pagination);
            encoder.AppendUint(reading.ExportWh);
            encoder.AppendUint(reading.ImportWh);
            encoder.AppendUint(reading.AuthorisedWh);
            encoder.AppendUint(reading.ReturnedWh);
            encoder.AppendUint(reading.TakenAt);
            encoder.AppendUint(reading.Status);
        }
    }
}
