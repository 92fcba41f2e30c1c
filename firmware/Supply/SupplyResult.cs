namespace Helios.Supply
{
    /// <summary>
    /// What became of an order, a set of controllers or an owner's request. The numbers leave the
    /// device in the trace: they stay what they are.
    /// </summary>
    public enum SupplyResult : byte
    {
        /// <summary>Valid, and it stands in both slots of the journal.</summary>
        Taken = 0,

        /// <summary>The bytes are none of this kind.</summary>
        Malformed = 1,

        /// <summary>The topic's controller is not in the set.</summary>
        UnknownController = 2,

        /// <summary>
        /// Another signer than the one who may: forged, or signed for another meter, chain or
        /// ledger.
        /// </summary>
        WrongSigner = 3,

        /// <summary>Not above what was kept before: repeated, or overtaken.</summary>
        NotHigher = 4,

        /// <summary>Above import + returned + the largest open rest: refused whole.</summary>
        TooHigh = 5,

        /// <summary>A set's number is not the next one; a request's is used up.</summary>
        WrongNumber = 6,

        /// <summary>Not exactly as many signatures as the set before demands.</summary>
        WrongCount = 7,

        /// <summary>The signers do not ascend, so one may have signed twice.</summary>
        NotAscending = 8,

        /// <summary>The meter may not sign, or has no controllers.</summary>
        NotReady = 9,

        /// <summary>The journal could not be written: nothing changed.</summary>
        StorageFailed = 10,
    }
}
