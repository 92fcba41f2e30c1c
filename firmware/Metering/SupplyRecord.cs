using System;

namespace Helios.Metering
{
    /// <summary>
    /// What a meter must still know of supply after a power cut: part of <see
    /// cref="JournalRecord"/>. A copy is changed and given to <see cref="Meter.StoreSupply"/>,
    /// which writes it whole or not at all.
    /// </summary>
    public sealed class SupplyRecord
    {
        /// <summary>Controllers at most: the journal has room for seven.</summary>
        public const int ControllersMax = 7;

        private const int OrderLength = 6;

        /// <summary>Authorised energy on the import scale, Wh. Never lowered.</summary>
        public ulong AuthorisedWh { get; set; }

        /// <summary>Energy given back unused, Wh. Never lowered.</summary>
        public ulong ReturnedWh { get; set; }

        /// <summary>
        /// Import up to here counts as used, Wh: at an unclean restart import becomes this. At
        /// least the import of the record that it is written with.
        /// </summary>
        public ulong MarkWh { get; set; }

        /// <summary>Number of the last owner's request obeyed. Never lowered.</summary>
        public uint RequestNumber { get; set; }

        /// <summary>The owner opened the switch by hand and has not released it.</summary>
        public bool IsOpenedByHand { get; set; }

        /// <summary>
        /// The switch opened, or energy was returned: a reading with exact import is due.
        /// </summary>
        public bool IsImportDue { get; set; }

        /// <summary>The owner asked for a reading with every register exact.</summary>
        public bool IsReadingDue { get; set; }

        /// <summary>Number of the set of controllers; 0 for the one of provisioning.</summary>
        public uint ControllersNumber { get; set; }

        /// <summary>How many controllers must agree; 0 without controllers.</summary>
        public byte ControllerThreshold { get; set; }

        /// <summary>Controllers in the set, 0 to 7; without any there is no supply.</summary>
        public byte ControllerCount { get; set; }

        /// <summary>Their addresses, 20 bytes each, ascending; zeros after the last.</summary>
        public byte[] ControllerAddresses { get; } =
            new byte[ControllersMax * AddressBytes.Length];

        /// <summary>The highest valid order of each, 6 bytes each, big-endian, Wh.</summary>
        public byte[] Orders { get; } = new byte[ControllersMax * OrderLength];

        /// <summary>The highest valid order of the controller at a place, Wh.</summary>
        public ulong OrderWh(int place)
        {
            return BigEndian.Read(Orders, place * OrderLength, OrderLength);
        }

        /// <summary>Keeps an order of the controller at a place.</summary>
        /// <param name="place">0 to 6.</param>
        /// <param name="authorisedWh">Wh, 0 to 2^48 - 1.</param>
        public void SetOrderWh(int place, ulong authorisedWh)
        {
            BigEndian.Write(Orders, place * OrderLength, OrderLength, authorisedWh);
        }

        /// <summary>Writes the address of the controller at a place into 20 bytes.</summary>
        public void CopyControllerTo(int place, byte[] address)
        {
            Array.Copy(
                ControllerAddresses, place * AddressBytes.Length, address, 0, AddressBytes.Length);
        }

        /// <summary>True if nothing that only rises is lower than in the one before.</summary>
        internal bool IsAtLeast(SupplyRecord before)
        {
            return AuthorisedWh >= before.AuthorisedWh
                && ReturnedWh >= before.ReturnedWh
                && RequestNumber >= before.RequestNumber
                && ControllersNumber >= before.ControllersNumber;
        }
    }
}
