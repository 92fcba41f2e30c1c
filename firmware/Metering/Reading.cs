namespace Helios.Metering
{
    /// <summary>
    /// All registers of a meter at one moment: what it signs. Every quantity is cumulative and
    /// only grows, so a later reading says everything that an earlier one did.
    /// </summary>
    public sealed class Reading
    {
        /// <summary>Largest value of a 48-bit register, in watt-hours.</summary>
        public const ulong RegisterWhMax = 0xFFFFFFFFFFFF;

        /// <summary>Largest <see cref="TakenAt"/>: 40 bits of Unix seconds.</summary>
        public const ulong TakenAtMax = 0xFFFFFFFFFF;

        /// <summary>
        /// <see cref="TakenAt"/> is a multiple of this, in seconds: a quarter of an hour, so that
        /// it tells little of when people are at home.
        /// </summary>
        public const ulong TakenAtStepSeconds = 900;

        /// <param name="pagination">Counter of signatures, 1 or more; never used twice.</param>
        /// <param name="exportWh">Energy fed out, Wh, 0 to 2^48 - 1 (OBIS 1-0:2.8.0).</param>
        /// <param name="importWh">Energy taken in, Wh, 0 to 2^48 - 1 (OBIS 1-0:1.8.0).</param>
        /// <param name="authorisedWh">
        /// Authorised energy on the import scale, Wh, 0 to 2^48 - 1.
        /// </param>
        /// <param name="returnedWh">Energy given back unused, Wh, 0 to 2^48 - 1.</param>
        /// <param name="takenAt">
        /// Unix seconds, a multiple of 900, as the meter believes them.
        /// </param>
        /// <param name="status">Bits of <see cref="ReadingStatus"/>.</param>
        public Reading(
            uint pagination,
            ulong exportWh,
            ulong importWh,
            ulong authorisedWh,
            ulong returnedWh,
            ulong takenAt,
            ushort status)
        {
            Pagination = pagination;
            ExportWh = exportWh;
            ImportWh = importWh;
            AuthorisedWh = authorisedWh;
            ReturnedWh = returnedWh;
            TakenAt = takenAt;
            Status = status;
        }

        /// <summary>
        /// Counter of signatures; the contract takes a reading only if it is newer.
        /// </summary>
        public uint Pagination { get; }

        /// <summary>Energy fed out, Wh, 0 to 2^48 - 1.</summary>
        public ulong ExportWh { get; }

        /// <summary>Energy taken in, Wh, 0 to 2^48 - 1.</summary>
        public ulong ImportWh { get; }

        /// <summary>
        /// Authorised energy on the scale of the import register, Wh, 0 to 2^48 - 1.
        /// </summary>
        public ulong AuthorisedWh { get; }

        /// <summary>Energy given back unused, Wh, 0 to 2^48 - 1.</summary>
        public ulong ReturnedWh { get; }

        /// <summary>
        /// Unix seconds as the meter believes them, rounded down to the quarter hour.
        /// </summary>
        public ulong TakenAt { get; }

        /// <summary>What the meter says of itself: bits of <see cref="ReadingStatus"/>.</summary>
        public ushort Status { get; }
    }
}
