namespace Helios.Metering
{
    /// <summary>How it went with a monotonic counter.</summary>
    public enum CounterResult
    {
        /// <summary>As asked.</summary>
        Done,

        /// <summary>It did not answer, or not clearly: it may have counted or not.</summary>
        Failed,

        /// <summary>It is not where it was to count from.</summary>
        Differs,

        /// <summary>It has reached its end.</summary>
        UsedUp,
    }
}
