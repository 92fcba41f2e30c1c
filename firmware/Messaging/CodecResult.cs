namespace Helios.Messaging
{
    /// <summary>Whether bytes could be written or understood, and if not, why.</summary>
    public enum CodecResult
    {
        /// <summary>Every field is in its range.</summary>
        Done,

        /// <summary>Fewer bytes than the layout.</summary>
        TooShort,

        /// <summary>More bytes than the layout.</summary>
        TooLong,

        /// <summary>Pagination 0 is never signed.</summary>
        PaginationZero,

        /// <summary>A register is above 2^48 - 1 Wh.</summary>
        RegisterOutOfRange,

        /// <summary>The time is above 40 bits or not at a quarter hour.</summary>
        TakenAtOutOfRange,

        /// <summary>A status bit without a meaning is set.</summary>
        StatusOutOfRange,

        /// <summary>An address is not 20 bytes, or zero.</summary>
        AddressMissing,

        /// <summary>The impulse constant, the rated power or the assurance is none.</summary>
        ConstantOutOfRange,

        /// <summary>
        /// A set is not 1 to 7 ascending addresses with a threshold of 1 to their count.
        /// </summary>
        ControllersOutOfRange,

        /// <summary>An owner's request has no known action, or the number 0.</summary>
        RequestOutOfRange,
    }
}
