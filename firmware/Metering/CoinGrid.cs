namespace Helios.Metering
{
    /// <summary>
    /// The points at which a coin is whole: register in the Enrolment - carry + k x whPerCoin.
    /// Registers are signed on these points only, because finer steps would show when people are
    /// at home. Same arithmetic as the ledger's mintOffset, so a meter knows when a coin is
    /// earned.
    /// </summary>
    public sealed class CoinGrid
    {
        private readonly ulong _whPerCoin;
        private readonly ulong _offsetWh;

        /// <param name="enrolledWh">The register in the Enrolment, Wh, 0 to 2^48 - 1.</param>
        /// <param name="carryWh">Remainder of a replaced meter, Wh, below whPerCoin.</param>
        /// <param name="whPerCoin">Wh of one coin, 1 to 2^48 - 1.</param>
        public CoinGrid(ulong enrolledWh, ulong carryWh, ulong whPerCoin)
        {
            // (carry - enrolled) mod whPerCoin without a negative number between.
            ulong pastPointWh = enrolledWh % whPerCoin;
            _whPerCoin = whPerCoin;
            _offsetWh = (carryWh + whPerCoin - pastPointWh) % whPerCoin;
        }

        /// <summary>
        /// The highest point at or below the register, but never below what was signed before.
        /// </summary>
        /// <param name="registerWh">The register, Wh, at least signedWh.</param>
        /// <param name="signedWh">The last signed value, Enrolment included, Wh.</param>
        public ulong ToPointDown(ulong registerWh, ulong signedWh)
        {
            ulong pastPointWh = (registerWh + _offsetWh) % _whPerCoin;

            // Below the first point there is none: it would be negative.
            ulong pointWh = pastPointWh <= registerWh ? registerWh - pastPointWh : 0;
            return pointWh > signedWh ? pointWh : signedWh;
        }

        /// <summary>
        /// Whole coins up to the register, on a scale of its own: only differences have a meaning,
        /// and they are what the ledger mints.
        /// </summary>
        public ulong CoinsDown(ulong registerWh)
        {
            return (registerWh + _offsetWh) / _whPerCoin;
        }
    }
}
