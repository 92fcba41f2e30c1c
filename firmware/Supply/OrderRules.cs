using Helios.Metering;

namespace Helios.Supply
{
    /// <summary>
    /// The arithmetic of supply orders over the record of a meter: what may be kept, and what the
    /// controllers agree on. Every level is on the scale of the import register, Wh.
    /// </summary>
    public static class OrderRules
    {
        /// <summary>
        /// Whether an order of one controller may be kept, before its signature is looked at.
        /// </summary>
        /// <param name="record">What was kept so far.</param>
        /// <param name="place">The controller's place in the set.</param>
        /// <param name="authorisedWh">The order.</param>
        /// <param name="importWh">Import now.</param>
        /// <param name="maxOpenWh">The largest open rest of the deployment.</param>
        public static SupplyResult Check(
            SupplyRecord record, int place, ulong authorisedWh, ulong importWh, ulong maxOpenWh)
        {
            if (authorisedWh > HighestWh(record, importWh, maxOpenWh))
            {
                return SupplyResult.TooHigh;
            }

            return authorisedWh > record.OrderWh(place)
                ? SupplyResult.Taken
                : SupplyResult.NotHigher;
        }

        /// <summary>The highest level that the meter accepts at this moment.</summary>
        public static ulong HighestWh(SupplyRecord record, ulong importWh, ulong maxOpenWh)
        {
            // Three registers of 48 bits: no sum of them passes 64.
            ulong levelWh = importWh + record.ReturnedWh + maxOpenWh;
            return levelWh < Reading.RegisterWhMax ? levelWh : Reading.RegisterWhMax;
        }

        /// <summary>
        /// Raises the authorised energy to the k-th highest kept order; never lowers it.
        /// </summary>
        public static void Raise(SupplyRecord record)
        {
            ulong agreedWh = AgreedWh(record);
            if (agreedWh > record.AuthorisedWh)
            {
                record.AuthorisedWh = agreedWh;
            }
        }

        /// <summary>Authorised energy that is neither used nor returned, Wh.</summary>
        public static ulong RestWh(SupplyRecord record, ulong importWh)
        {
            ulong usedWh = importWh + record.ReturnedWh;
            return record.AuthorisedWh > usedWh ? record.AuthorisedWh - usedWh : 0;
        }

        // The highest kept order that at least k controllers reach; 0 if fewer ordered.
        private static ulong AgreedWh(SupplyRecord record)
        {
            ulong agreedWh = 0;
            for (int place = 0; place < record.ControllerCount; place++)
            {
                ulong levelWh = record.OrderWh(place);
                if (levelWh > agreedWh
                    && CountAtLeast(record, levelWh) >= record.ControllerThreshold)
                {
                    agreedWh = levelWh;
                }
            }

            return agreedWh;
        }

        private static int CountAtLeast(SupplyRecord record, ulong levelWh)
        {
            int count = 0;
            for (int place = 0; place < record.ControllerCount; place++)
            {
                count += record.OrderWh(place) >= levelWh ? 1 : 0;
            }

            return count;
        }
    }
}
