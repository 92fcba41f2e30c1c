namespace Helios.Metering
{
    /// <summary>
    /// What a meter is told at provisioning. All but <see cref="MaxPowerW"/> is written into the
    /// journal then and never changes: a different configuration later is refused, because every
    /// signature and register rests on it.
    /// </summary>
    public sealed class MeterConfiguration
    {
        /// <summary>
        /// Largest impulse constant, imp/kWh. Meters on the market print 100 to 10,000.
        /// </summary>
        public const uint ImpulsesPerKwhMax = 100000;

        /// <summary>Largest rated power, W: far above any connection with an S0 meter.</summary>
        public const uint RatedPowerWMax = 1000000;

        /// <param name="chainId">EIP-155 chain id of the ledger, 1 or more.</param>
        /// <param name="verifyingContract">The ReadingLedger, 20 bytes; kept, not copied.</param>
        /// <param name="impulsesPerKwh">Impulse constant, imp/kWh, 1 to 100,000.</param>
        /// <param name="maxPowerW">
        /// Rated power, W, 1 to 1,000,000: fuse plus at least 10 %.
        /// </param>
        /// <param name="whPerCoin">Wh that one coin stands for, 1 to 2^48 - 1.</param>
        /// <param name="maxOpenWh">Largest open rest, Wh, 0 to 2^48 - 1.</param>
        /// <param name="carryWh">
        /// Remainder of a replaced meter, Wh, below whPerCoin; else 0.
        /// </param>
        public MeterConfiguration(
            ulong chainId,
            byte[] verifyingContract,
            uint impulsesPerKwh,
            uint maxPowerW,
            ulong whPerCoin,
            ulong maxOpenWh,
            ulong carryWh)
        {
            ChainId = chainId;
            VerifyingContract = verifyingContract;
            ImpulsesPerKwh = impulsesPerKwh;
            MaxPowerW = maxPowerW;
            WhPerCoin = whPerCoin;
            MaxOpenWh = maxOpenWh;
            CarryWh = carryWh;
        }

        /// <summary>
        /// For a meter that is told nothing and has no journal: no count is implausible, and
        /// nothing is ever provisioned with it.
        /// </summary>
        internal static MeterConfiguration OfNoMeter()
        {
            byte[] nobody = new byte[AddressBytes.Length];
            nobody[0] = 1;
            return new MeterConfiguration(
                1, nobody, ImpulsesPerKwhMax, RatedPowerWMax, Reading.RegisterWhMax, 0, 0);
        }

        /// <summary>EIP-155 chain id, part of the signing domain.</summary>
        public ulong ChainId { get; }

        /// <summary>Address of the ReadingLedger, 20 bytes, part of the signing domain.</summary>
        public byte[] VerifyingContract { get; }

        /// <summary>Impulse constant of both pulse outputs, imp/kWh.</summary>
        public uint ImpulsesPerKwh { get; }

        /// <summary>
        /// Rated power, W. Not fixed in the journal: it bounds nothing that was signed, and the
        /// contract has its own copy from the Enrolment.
        /// </summary>
        public uint MaxPowerW { get; }

        /// <summary>Wh that one coin stands for.</summary>
        public ulong WhPerCoin { get; }

        /// <summary>Largest open rest, Wh.</summary>
        public ulong MaxOpenWh { get; }

        /// <summary>Remainder taken over from a replaced meter, Wh.</summary>
        public ulong CarryWh { get; }

        /// <summary>Says which field is out of its range, if any.</summary>
        public ConfigurationCheck Check()
        {
            if (ChainId == 0)
            {
                return ConfigurationCheck.ChainIdZero;
            }

            if (!AddressBytes.IsSet(VerifyingContract))
            {
                return ConfigurationCheck.VerifyingContractMissing;
            }

            if (ImpulsesPerKwh == 0 || ImpulsesPerKwh > ImpulsesPerKwhMax)
            {
                return ConfigurationCheck.ImpulsesPerKwhOutOfRange;
            }

            if (MaxPowerW == 0 || MaxPowerW > RatedPowerWMax)
            {
                return ConfigurationCheck.MaxPowerOutOfRange;
            }

            if (WhPerCoin == 0 || WhPerCoin > Reading.RegisterWhMax)
            {
                return ConfigurationCheck.WhPerCoinOutOfRange;
            }

            if (MaxOpenWh > Reading.RegisterWhMax)
            {
                return ConfigurationCheck.MaxOpenOutOfRange;
            }

            return CarryWh < WhPerCoin
                ? ConfigurationCheck.Sound
                : ConfigurationCheck.CarryNotBelowCoin;
        }
    }
}
