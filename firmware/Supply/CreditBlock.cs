using Helios.Metering;

namespace Helios.Supply
{
    /// <summary>
    /// Credit is consumed ahead in blocks: "import up to this mark is used" stands in the journal
    /// before the energy flows, so that a power cut never leaves more used than stored. A block
    /// is what two minutes at rated power take, at most one coin: that is what an unclean restart
    /// may cost the owner.
    /// <para>
    /// Wear: the next mark is written when half a block is left, once a minute at rated power,
    /// into both slots: 2 writes a minute, in place of the one that <see cref="StoreInterval"/>
    /// asks for. 450 full-load hours of import a year add 27,000 writes.
    /// </para>
    /// </summary>
    public sealed class CreditBlock
    {
        private const ulong MinutesPerHour = 60;
        private const ulong Minutes = 2;
        private const ulong SecondsPerHour = 3600;

        // Half a block has to last for the second in which the next mark is written.
        private const ulong SecondsMin = 2;

        /// <param name="maxPowerW">Rated power, W.</param>
        /// <param name="whPerCoin">Wh of one coin.</param>
        public CreditBlock(uint maxPowerW, ulong whPerCoin)
        {
            ulong blockWh = maxPowerW * Minutes / MinutesPerHour;
            blockWh = blockWh > 0 ? blockWh : 1;
            SizeWh = blockWh < whPerCoin ? blockWh : whPerCoin;
        }

        /// <summary>
        /// The least coin with which the switch stays closed from one block to the next, Wh.
        /// </summary>
        /// <param name="maxPowerW">Rated power, W.</param>
        public static ulong WhPerCoinMin(uint maxPowerW)
        {
            return maxPowerW * SecondsMin / SecondsPerHour + 1;
        }

        /// <summary>Wh of a block, at least 1: B of DESIGN.md.</summary>
        public ulong SizeWh { get; }

        /// <summary>
        /// The next mark, if it is time for one: half a block is left or less, and there is
        /// credit. Otherwise the mark as it is.
        /// </summary>
        /// <param name="record">Authorised, returned and the mark.</param>
        /// <param name="importWh">Import now, Wh.</param>
        public ulong NextMarkWh(SupplyRecord record, ulong importWh)
        {
            ulong beforeWh = record.MarkWh;
            ulong aheadWh = beforeWh > importWh ? beforeWh - importWh : 0;
            if (aheadWh > SizeWh / 2)
            {
                return beforeWh;
            }

            ulong restWh = OrderRules.RestWh(record, importWh);
            ulong markWh = importWh + (restWh < SizeWh ? restWh : SizeWh);
            return markWh > beforeWh ? markWh : beforeWh;
        }
    }
}
