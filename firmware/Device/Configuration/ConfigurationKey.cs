namespace Helios.Device
{
    /// <summary>
    /// The keys of <c>helios.cfg</c>; <see cref="ConfigurationDraft"/> has their names.
    /// </summary>
    internal enum ConfigurationKey
    {
        /// <summary>EIP-155 chain id.</summary>
        ChainId,

        /// <summary>The ReadingLedger.</summary>
        Ledger,

        /// <summary>Who gets the coins.</summary>
        Owner,

        /// <summary>Host of the broker.</summary>
        Broker,

        /// <summary>Impulse constant, imp/kWh.</summary>
        ImpulsesPerKwh,

        /// <summary>Fuse and at least 10 %, W.</summary>
        RatedPowerW,

        /// <summary>Wh of one coin.</summary>
        WhPerCoin,

        /// <summary>Largest open rest, Wh.</summary>
        MaxOpenWh,

        /// <summary>Random bytes of whoever provisions.</summary>
        ProvisioningNonce,

        /// <summary>TCP port; the first key that may be left out.</summary>
        BrokerPort,

        /// <summary>TLS or not.</summary>
        BrokerTls,

        /// <summary>Remainder of a replaced meter, Wh.</summary>
        CarryWh,

        /// <summary>Keys that sign supply orders.</summary>
        Controllers,

        /// <summary>How many of them must agree.</summary>
        ControllerThreshold,

        /// <summary>Rest of credit from which on it warns, Wh.</summary>
        LowCreditWh,

        /// <summary>Time between two status messages, s.</summary>
        HeartbeatS,

        /// <summary>Host of the time server.</summary>
        TimeServer,

        /// <summary>Where the key is.</summary>
        Key,

        /// <summary>Serial number of the element that may be locked.</summary>
        ElementLock,
    }
}
