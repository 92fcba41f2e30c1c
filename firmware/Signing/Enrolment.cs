using Helios.Metering;

namespace Helios.Signing
{
    /// <summary>
    /// What a meter signs once per owner and ledger: that it consents to this owner, and the
    /// registers and the pagination at which it starts.
    /// </summary>
    public sealed class Enrolment
    {
        /// <summary>Assurance of a software key in plain flash.</summary>
        public const byte SoftwareKey = 0;

        /// <summary>Assurance of a key in encrypted flash with secure boot.</summary>
        public const byte EncryptedFlash = 1;

        /// <summary>Assurance of a key inside a secure element.</summary>
        public const byte SecureElement = 2;

        /// <param name="meter">The meter's own address, 20 bytes.</param>
        /// <param name="owner">Who receives its coins, 20 bytes.</param>
        /// <param name="impulsesPerKwh">
        /// Impulse constant, imp/kWh, as printed on the meter.
        /// </param>
        /// <param name="maxPowerW">Rated power of the connection, W: the fuse and 10 %.</param>
        /// <param name="pagination">Counter of signatures; an enrolment takes one too.</param>
        /// <param name="exportWh">Energy fed out so far, Wh, 0 to 2^48 - 1.</param>
        /// <param name="importWh">Energy taken in so far, Wh, 0 to 2^48 - 1.</param>
        /// <param name="returnedWh">Energy given back so far, Wh, 0 to 2^48 - 1.</param>
        /// <param name="assurance">0 to 2, see the constants.</param>
        public Enrolment(
            byte[] meter,
            byte[] owner,
            uint impulsesPerKwh,
            uint maxPowerW,
            uint pagination,
            ulong exportWh,
            ulong importWh,
            ulong returnedWh,
            byte assurance)
        {
            Meter = meter;
            Owner = owner;
            ImpulsesPerKwh = impulsesPerKwh;
            MaxPowerW = maxPowerW;
            Pagination = pagination;
            ExportWh = exportWh;
            ImportWh = importWh;
            ReturnedWh = returnedWh;
            Assurance = assurance;
        }

        /// <summary>The enrolment of a meter whose registers were journalled for it.</summary>
        /// <param name="meter">The meter's own address, 20 bytes.</param>
        /// <param name="owner">Who receives its coins, 20 bytes.</param>
        /// <param name="configuration">What the meter was provisioned with.</param>
        /// <param name="registers">What <see cref="Metering.Meter.TakeEnrolment"/> gave.</param>
        /// <param name="assurance">0 to 2, see the constants.</param>
        public static Enrolment Of(
            byte[] meter,
            byte[] owner,
            MeterConfiguration configuration,
            Reading registers,
            byte assurance)
        {
            return new Enrolment(
                meter,
                owner,
                configuration.ImpulsesPerKwh,
                configuration.MaxPowerW,
                registers.Pagination,
                registers.ExportWh,
                registers.ImportWh,
                registers.ReturnedWh,
                assurance);
        }

        /// <summary>The meter's own address, 20 bytes.</summary>
        public byte[] Meter { get; }

        /// <summary>Who receives the meter's coins, 20 bytes.</summary>
        public byte[] Owner { get; }

        /// <summary>Impulse constant, imp/kWh.</summary>
        public uint ImpulsesPerKwh { get; }

        /// <summary>Rated power of the connection, W.</summary>
        public uint MaxPowerW { get; }

        /// <summary>
        /// The pagination at which the meter starts; readings count from above it.
        /// </summary>
        public uint Pagination { get; }

        /// <summary>Energy fed out so far, Wh.</summary>
        public ulong ExportWh { get; }

        /// <summary>Energy taken in so far, Wh.</summary>
        public ulong ImportWh { get; }

        /// <summary>Energy given back unused so far, Wh.</summary>
        public ulong ReturnedWh { get; }

        /// <summary>How well the key is kept: 0, 1 or 2.</summary>
        public byte Assurance { get; }
    }
}
