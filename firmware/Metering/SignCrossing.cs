namespace Helios.Metering
{
    /// <summary>
    /// The one place where a number changes its sign at the same width. The interpreter ignores
    /// such a conversion while the value stays on its stack, so it is only made where both
    /// readings of the bits are the same number.
    /// </summary>
    public static class SignCrossing
    {
        /// <summary>The number; 0 for a negative one.</summary>
        public static ulong ToUnsigned(long number)
        {
            return number < 0 ? 0 : (ulong)number;
        }
    }
}
