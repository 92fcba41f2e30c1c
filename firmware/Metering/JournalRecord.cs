using System;

namespace Helios.Metering
{
    /// <summary>
    /// Everything that a meter must still know after a power cut. To be looked at from outside,
    /// and changed only here, where what is signed is journalled first. The layout is <see
    /// cref="JournalRecordCodec"/>, the rules are <see cref="Journal"/> and <see cref="Meter"/>.
    /// </summary>
    public sealed class JournalRecord
    {
        /// <summary>Rises with every write; the valid slot with the higher one wins.</summary>
        public ulong Sequence { get; internal set; }

        /// <summary>Fixed at provisioning: EIP-155 chain id.</summary>
        public ulong ChainId { get; internal set; }

        /// <summary>Fixed at provisioning: the ReadingLedger, 20 bytes.</summary>
        public byte[] VerifyingContract { get; } = new byte[AddressBytes.Length];

        /// <summary>Fixed at provisioning: impulse constant, imp/kWh.</summary>
        public uint ImpulsesPerKwh { get; internal set; }

        /// <summary>Fixed at provisioning: Wh of one coin.</summary>
        public ulong WhPerCoin { get; internal set; }

        /// <summary>Fixed at provisioning: largest open rest, Wh.</summary>
        public ulong MaxOpenWh { get; internal set; }

        /// <summary>
        /// Rated power when last told, W: what goes on to be plausible without a configuration.
        /// </summary>
        public uint MaxPowerW { get; internal set; }

        /// <summary>Fixed at provisioning: remainder of a replaced meter, Wh.</summary>
        public ulong CarryWh { get; internal set; }

        /// <summary>Owner in the last Enrolment, 20 bytes; zero before the first.</summary>
        public byte[] Owner { get; } = new byte[AddressBytes.Length];

        /// <summary>
        /// Export register in the first Enrolment, Wh: where the coin grid hangs.
        /// </summary>
        public ulong EnrolledExportWh { get; internal set; }

        /// <summary>Import register in the first Enrolment, Wh.</summary>
        public ulong EnrolledImportWh { get; internal set; }

        /// <summary>Impulses of export since the meter was made.</summary>
        public ulong ExportImpulses { get; internal set; }

        /// <summary>Impulses of import since the meter was made.</summary>
        public ulong ImportImpulses { get; internal set; }

        /// <summary>
        /// Thousandths of an impulse by which import was raised to a mark after unclean restarts:
        /// import = (impulses x 1000 + this) / constant, still one division.
        /// </summary>
        public ulong ImportStepThousandths { get; internal set; }

        /// <summary>
        /// Bits of <see cref="ReadingStatus"/> that no signed reading has told yet.
        /// </summary>
        public ushort PendingStatus { get; internal set; }

        /// <summary>True only between a clean shutdown and the next boot.</summary>
        public bool IsCleanShutdown { get; internal set; }

        /// <summary>Highest pagination that may ever have been used.</summary>
        public uint PaginationReserved { get; internal set; }

        /// <summary>
        /// Pagination of the last signature, reading or Enrolment; 0 before the first.
        /// </summary>
        public uint SignedPagination { get; internal set; }

        /// <summary>Export in the last signature, Wh.</summary>
        public ulong SignedExportWh { get; internal set; }

        /// <summary>Import in the last signature, Wh.</summary>
        public ulong SignedImportWh { get; internal set; }

        /// <summary>Time in the last signed reading, Unix seconds.</summary>
        public ulong SignedTakenAt { get; internal set; }

        /// <summary>Status in the last signed reading.</summary>
        public ushort SignedStatus { get; internal set; }

        /// <summary>Highest pagination that a relay said it stored.</summary>
        public uint AcknowledgedPagination { get; internal set; }

        /// <summary>Authorised energy on the import scale, Wh.</summary>
        public ulong AuthorisedWh
        {
            get { return Supply.AuthorisedWh; }
        }

        /// <summary>Energy given back unused, Wh.</summary>
        public ulong ReturnedWh
        {
            get { return Supply.ReturnedWh; }
        }

        /// <summary>Number of the last owner's request obeyed.</summary>
        public uint RequestNumber
        {
            get { return Supply.RequestNumber; }
        }

        /// <summary>
        /// Where the monotonic counter is, or is to go next; 0 in a journal that is bound to none.
        /// </summary>
        public uint BoundCount { get; internal set; }

        /// <summary>
        /// Attempts in a row to reach the network that failed: the back-off goes on from here
        /// after a restart.
        /// </summary>
        public byte FailedAttempts { get; internal set; }

        /// <summary>
        /// Restarts in a row after faults or dips of the supply: the more, the later the next one.
        /// </summary>
        public byte FaultRestarts { get; internal set; }

        /// <summary>
        /// Orders, controllers, marks. Outside of Metering only copies of it are seen.
        /// </summary>
        internal SupplyRecord Supply { get; } = new SupplyRecord();

        /// <summary>
        /// True once an Enrolment was signed: only then is there a grid to sign on.
        /// </summary>
        public bool IsEnrolled
        {
            get { return AddressBytes.IsSet(Owner); }
        }

        /// <summary>Export, Wh, rounded down, 0 to 2^48 - 1.</summary>
        public ulong ExportWhDown
        {
            get { return EnergyRegister.ToWattHoursDown(ExportImpulses, 0, ImpulsesPerKwh); }
        }

        /// <summary>Import, Wh, rounded down, 0 to 2^48 - 1.</summary>
        public ulong ImportWhDown
        {
            get
            {
                return EnergyRegister.ToWattHoursDown(
                    ImportImpulses, ImportStepThousandths, ImpulsesPerKwh);
            }
        }

        /// <summary>Fixes a configuration in a new record.</summary>
        public void Provision(MeterConfiguration configuration)
        {
            ChainId = configuration.ChainId;
            byte[] contract = configuration.VerifyingContract;
            Array.Copy(contract, 0, VerifyingContract, 0, AddressBytes.Length);
            ImpulsesPerKwh = configuration.ImpulsesPerKwh;
            WhPerCoin = configuration.WhPerCoin;
            MaxOpenWh = configuration.MaxOpenWh;
            MaxPowerW = configuration.MaxPowerW;
            CarryWh = configuration.CarryWh;
        }

        /// <summary>What was fixed in this record, with the rated power of then.</summary>
        public MeterConfiguration ToConfiguration()
        {
            return new MeterConfiguration(
                ChainId,
                VerifyingContract,
                ImpulsesPerKwh,
                MaxPowerW,
                WhPerCoin,
                MaxOpenWh,
                CarryWh);
        }

        /// <summary>True if the configuration is the one fixed in this record.</summary>
        public bool IsProvisionedAs(MeterConfiguration configuration)
        {
            return ChainId == configuration.ChainId
                && AddressBytes.AreEqual(VerifyingContract, configuration.VerifyingContract)
                && ImpulsesPerKwh == configuration.ImpulsesPerKwh
                && WhPerCoin == configuration.WhPerCoin
                && MaxOpenWh == configuration.MaxOpenWh
                && CarryWh == configuration.CarryWh;
        }
    }
}
