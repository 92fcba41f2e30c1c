namespace Helios.Metering
{
    /// <summary>Whether the fields of a <see cref="MeterConfiguration"/> are in range.</summary>
    public enum ConfigurationCheck
    {
        /// <summary>Every field is in its range.</summary>
        Sound,

        /// <summary>Chain id 0 is no chain.</summary>
        ChainIdZero,

        /// <summary>The ledger's address is not 20 bytes, or zero.</summary>
        VerifyingContractMissing,

        /// <summary>The impulse constant is not 1 to 100,000 imp/kWh.</summary>
        ImpulsesPerKwhOutOfRange,

        /// <summary>The rated power is not 1 to 1,000,000 W.</summary>
        MaxPowerOutOfRange,

        /// <summary>The coin is not 1 to 2^48 - 1 Wh.</summary>
        WhPerCoinOutOfRange,

        /// <summary>The largest open rest does not fit 48 bits.</summary>
        MaxOpenOutOfRange,

        /// <summary>A remainder is always less than a whole coin.</summary>
        CarryNotBelowCoin,
    }
}
