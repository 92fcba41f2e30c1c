namespace Helios.Signing
{
    /// <summary>Whether a <see cref="ControllerSet"/> keeps the rules.</summary>
    public enum ControllerSetCheck
    {
        /// <summary>It does.</summary>
        Sound,

        /// <summary>Not 1 to 7 controllers.</summary>
        CountOutOfRange,

        /// <summary>The threshold is 0 or above the count.</summary>
        ThresholdOutOfRange,

        /// <summary>An address is not 20 bytes, or zero.</summary>
        AddressMissing,

        /// <summary>The addresses do not rise, so one may stand there twice.</summary>
        NotAscending,
    }
}
