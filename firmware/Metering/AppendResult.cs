namespace Helios.Metering
{
    /// <summary>How a write of the journal went, if there was one.</summary>
    public enum AppendResult
    {
        /// <summary>Written, closed and read back the same.</summary>
        Stored,

        /// <summary>Nothing new, or not enough to write for.</summary>
        NotDue,

        /// <summary>There is no journal to write to: see <see cref="MeterState"/>.</summary>
        NoJournal,

        /// <summary>Not proven to be stored: nothing that depends on it may be signed.</summary>
        StorageFailed,

        /// <summary>
        /// The monotonic counter did not follow: nothing that depends on it may be signed.
        /// </summary>
        NotCounted,
    }
}
