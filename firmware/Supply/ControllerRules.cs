using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Supply
{
    /// <summary>The set of controllers in the record of a meter, and its replacement.</summary>
    public static class ControllerRules
    {
        /// <summary>The place of a controller in the set; -1 for anyone else.</summary>
        public static int PlaceOf(SupplyRecord record, byte[] address)
        {
            byte[] one = new byte[AddressBytes.Length];
            for (int place = 0; place < record.ControllerCount; place++)
            {
                record.CopyControllerTo(place, one);
                if (AddressBytes.AreEqual(one, address))
                {
                    return place;
                }
            }

            return -1;
        }

        /// <summary>
        /// Whether a set may follow the one of the record, before its signatures are looked at.
        /// </summary>
        /// <param name="record">The set before.</param>
        /// <param name="next">The set that is to follow.</param>
        /// <param name="signatures">How many there are.</param>
        public static SupplyResult Check(SupplyRecord record, ControllerSet next, int signatures)
        {
            if (next.Check() != ControllerSetCheck.Sound)
            {
                return SupplyResult.Malformed;
            }

            // Nothing follows 2^32 - 1, which wraps to a number that no set has.
            if (next.Number == 0 || next.Number - 1 != record.ControllersNumber)
            {
                return SupplyResult.WrongNumber;
            }

            return signatures == record.ControllerThreshold
                ? SupplyResult.Taken
                : SupplyResult.WrongCount;
        }

        /// <summary>
        /// Puts a set into the record. Who stays keeps his orders; who goes takes his along; what
        /// is authorised stays authorised.
        /// </summary>
        public static void Replace(SupplyRecord record, ControllerSet next)
        {
            ulong[] kept = new ulong[SupplyRecord.ControllersMax];
            for (int i = 0; i < next.Addresses.Length; i++)
            {
                int before = PlaceOf(record, next.Addresses[i]);
                kept[i] = before < 0 ? 0 : record.OrderWh(before);
            }

            Array.Clear(record.ControllerAddresses, 0, record.ControllerAddresses.Length);
            for (int i = 0; i < next.Addresses.Length; i++)
            {
                Array.Copy(
                    next.Addresses[i],
                    0,
                    record.ControllerAddresses,
                    i * AddressBytes.Length,
                    AddressBytes.Length);
            }

            for (int i = 0; i < SupplyRecord.ControllersMax; i++)
            {
                record.SetOrderWh(i, kept[i]);
            }

            record.ControllersNumber = next.Number;
            record.ControllerThreshold = next.Threshold;
            record.ControllerCount = (byte)next.Addresses.Length;
        }
    }
}
