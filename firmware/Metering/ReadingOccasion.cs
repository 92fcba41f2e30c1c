namespace Helios.Metering
{
    /// <summary>Why a reading is due.</summary>
    public enum ReadingOccasion
    {
        /// <summary>It is not.</summary>
        None,

        /// <summary>Somebody asked: every register exact.</summary>
        Requested,

        /// <summary>
        /// The switch opened, or energy was returned: import exact.
        /// </summary>
        ImportDue,

        /// <summary>A whole coin was earned since the last signature.</summary>
        CoinEarned,

        /// <summary>No relay is known to hold what was signed before the restart.</summary>
        Unacknowledged,

        /// <summary>A day has passed.</summary>
        Daily,
    }
}
