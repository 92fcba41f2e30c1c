namespace Helios.Messaging
{
    /// <summary>Whether the outbox holds something for this connection.</summary>
    public enum PeekResult
    {
        /// <summary>There is a reading to send.</summary>
        Found,

        /// <summary>All readings were handed over; some may wait to be acknowledged.</summary>
        NothingUnsent,
    }
}
