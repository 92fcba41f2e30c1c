namespace Helios.Metering
{
    /// <summary>Whether there is something to sign.</summary>
    public enum TakeResult
    {
        /// <summary>Stands in both slots of the journal and may be signed.</summary>
        Taken,

        /// <summary>No coin was earned, no day has passed and nobody asked.</summary>
        NothingDue,

        /// <summary>The meter's state forbids signing; see <see cref="MeterState"/>.</summary>
        NotReady,

        /// <summary>No Enrolment was signed yet, so there is no grid to sign on.</summary>
        NotEnrolled,

        /// <summary>The journal could not be written.</summary>
        StorageFailed,

        /// <summary>
        /// It stands in the journal, but the monotonic counter did not follow: its pagination is
        /// used up, and what it said is due again.
        /// </summary>
        NotCounted,

        /// <summary>All 2^32 - 1 paginations are reserved.</summary>
        PaginationsUsedUp,

        /// <summary>
        /// Authorised energy is open, so a first Enrolment would take it elsewhere.
        /// </summary>
        EnergyOpen,
    }
}
