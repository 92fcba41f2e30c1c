namespace Helios.Messaging
{
    /// <summary>
    /// What a relay tells a meter. It is not signed: it only frees room in the outbox, and what a
    /// false one drops the next reading says again.
    /// </summary>
    public sealed class Acknowledgement
    {
        /// <param name="storedPagination">Highest pagination stored durably; 0 for none.</param>
        /// <param name="acceptedPagination">Highest accepted on chain; 0 for none.</param>
        public Acknowledgement(uint storedPagination, uint acceptedPagination)
        {
            StoredPagination = storedPagination;
            AcceptedPagination = acceptedPagination;
        }

        /// <summary>Highest pagination that the relay stored durably.</summary>
        public uint StoredPagination { get; }

        /// <summary>
        /// Highest pagination that the ledger accepted, as far as the relay knows.
        /// </summary>
        public uint AcceptedPagination { get; }
    }
}
