namespace Helios.Signing
{
    /// <summary>An <see cref="Enrolment"/> as an EIP-712 type.</summary>
    public static class EnrolmentType
    {
        /// <summary>The text whose Keccak-256 is the type hash.</summary>
        public const string TypeText = "Enrolment(address meter,address owner,"
            + "uint32 impulsesPerKwh,uint32 maxPowerW,uint32 pagination,uint48 exportWh,"
            + "uint48 importWh,uint48 returnedWh,uint8 assurance)";

        private static readonly byte[] TypeHash =
        {
            0x23, 0xF6, 0xAD, 0x24, 0x2C, 0x1F, 0x6F, 0xD4,
            0xBA, 0x78, 0x77, 0xBD, 0xE0, 0x31, 0x24, 0xC1,
            0xA7, 0x92, 0x65, 0x6F, 0x1C, 0x50, 0x48, 0xB6,
            0x8F, 0xE1, 0x73, 0x65, 0xA8, 0x88, 0x3D, 0x17,
        };

        /// <summary>Appends the type hash and every member; the caller finishes.</summary>
        public static void Encode(Enrolment enrolment, Eip712Encoder encoder)
        {
            encoder.Begin(TypeHash);
            encoder.AppendAddress(enrolment.Meter);
            encoder.AppendAddress(enrolment.Owner);
            encoder.AppendUint(enrolment.ImpulsesPerKwh);
            encoder.AppendUint(enrolment.MaxPowerW);
            encoder.AppendUint(enrolment.Pagination);
            encoder.AppendUint(enrolment.ExportWh);
            encoder.AppendUint(enrolment.ImportWh);
            encoder.AppendUint(enrolment.ReturnedWh);
            encoder.AppendUint(enrolment.Assurance);
        }
    }
}
