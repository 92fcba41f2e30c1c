using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// What <c>helios.cfg</c> says, every line checked. Made by the configuration's reader, never
    /// changed after.
    /// </summary>
    public sealed class DeviceConfiguration
    {
        /// <summary>Chain, ledger, coin, impulse constant, rated power.</summary>
        public MeterConfiguration Meter { get; internal set; }

        /// <summary>For whom the meter signs its Enrolment, 20 bytes, not zero.</summary>
        public byte[] Owner { get; internal set; }

        /// <summary>Host name or IPv4 address of the broker, 1 to 253 characters.</summary>
        public string Broker { get; internal set; }

        /// <summary>TCP port of the broker, 1 to 65,535.</summary>
        public int BrokerPort { get; internal set; }

        /// <summary>Whether the broker is spoken to over TLS.</summary>
        public bool IsBrokerTls { get; internal set; }

        /// <summary>Host name of the time server, 1 to 253 characters.</summary>
        public string TimeServer { get; internal set; }

        /// <summary>Time between two status messages, s, 10 to 86,400.</summary>
        public uint HeartbeatS { get; internal set; }

        /// <summary>
        /// The keys that sign supply orders, 20 bytes each, 1 to 7, strictly ascending; none on a
        /// meter without a load switch.
        /// </summary>
        public byte[][] Controllers { get; internal set; }

        /// <summary>
        /// Controllers that must agree, 1 to their number; 0 without controllers.
        /// </summary>
        public byte ControllerThreshold { get; internal set; }

        /// <summary>The rest of credit from which on readings warn, Wh.</summary>
        public ulong LowCreditWh { get; internal set; }

        /// <summary>True if the key is in a secure element, false if it is in files.</summary>
        public bool IsKeyInElement { get; internal set; }

        /// <summary>
        /// Serial number of the element that may be locked for good, 9 bytes; null if none may.
        /// </summary>
        public byte[] ElementLock { get; internal set; }

        /// <summary>
        /// Random bytes of whoever provisions, 16 to 32 of them, mixed into the key.
        /// </summary>
        public byte[] ProvisioningNonce { get; internal set; }
    }
}
