namespace Helios.Metering
{
    /// <summary>How journal and monotonic counter stand to one another.</summary>
    internal enum BindingState
    {
        /// <summary>There is no counter: nothing notices a journal of an earlier day.</summary>
        Unbound,

        /// <summary>The counter was not read yet, or did not answer.</summary>
        Waiting,

        /// <summary>The journal is where the counter is; this boot is not counted yet.</summary>
        Fits,

        /// <summary>The journal is one ahead; the counter did not follow yet.</summary>
        Behind,

        /// <summary>As it should be.</summary>
        Bound,

        /// <summary>The journal is of another day, or of another counter.</summary>
        Differs,

        /// <summary>The counter has reached its end.</summary>
        UsedUp,
    }
}
