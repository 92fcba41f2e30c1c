namespace Helios.Metering
{
    /// <summary>
    /// Paginations, reserved in the journal in blocks of 64 before the first of them is used. What
    /// a restart leaves of a block is skipped and never used, so that no pagination is ever signed
    /// with two contents.
    /// </summary>
    public sealed class PaginationBlock
    {
        /// <summary>
        /// Paginations reserved at a time: 2^32 of them last for 67 million restarts.
        /// </summary>
        public const uint Length = 64;

        private uint _used;

        /// <summary>Starts after everything that may have been used before the restart.</summary>
        public void Start(JournalRecord record)
        {
            _used = record.PaginationReserved;
        }

        /// <summary>
        /// Writes the next pagination into a draft of the record, with a further block if this one
        /// is used up. False if there is none left. It counts as used only by <see cref="Use"/>.
        /// </summary>
        public bool TryDraft(JournalRecord draft)
        {
            if (_used == draft.PaginationReserved)
            {
                if (_used > uint.MaxValue - Length)
                {
                    return false;
                }

                draft.PaginationReserved = _used + Length;
            }

            draft.SignedPagination = _used + 1;
            return true;
        }

        /// <summary>
        /// The record stands in the journal: its pagination is used up, signed or not.
        /// </summary>
        public void Use(JournalRecord record)
        {
            if (record.SignedPagination > _used)
            {
                _used = record.SignedPagination;
            }
        }
    }
}
