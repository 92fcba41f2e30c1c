namespace Helios.Metering
{
    /// <summary>
    /// A counter that goes up by one, never back, and that no copy of the flash can restore.
    /// Throws nothing. Used by the signing thread, which may wait for it.
    /// </summary>
    public interface IMonotonicCounter
    {
        /// <summary>Where it is.</summary>
        /// <param name="count">0 or more; 0 unless Done.</param>
        CounterResult Read(out uint count);

        /// <summary>
        /// Goes one further, to a value; does nothing more where it is there already.
        /// </summary>
        /// <param name="count">Where it is to be then, 1 or more.</param>
        CounterResult CountTo(uint count);
    }
}
