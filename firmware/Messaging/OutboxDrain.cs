namespace Helios.Messaging
{
    /// <summary>
    /// Hands the outbox to the network, oldest first, each reading once per connection and again
    /// while no acknowledgement comes. Used by the network thread.
    /// </summary>
    public sealed class OutboxDrain
    {
        /// <summary>
        /// Time after the last sending without an acknowledgement, after which everything is sent
        /// again: a relay that restarted before it stored is asked anew, and one that is slow is
        /// not flooded.
        /// </summary>
        public const ulong ResendMs = 60000;

        private readonly Outbox _outbox;
        private readonly IReadingSender _sender;
        private byte[] _message = new byte[ReadingCodec.Length];
        private ulong _sentUptimeMs;

        /// <param name="outbox">What is to be sent.</param>
        /// <param name="sender">The network.</param>
        public OutboxDrain(Outbox outbox, IReadingSender sender)
        {
            _outbox = outbox;
            _sender = sender;
        }

        /// <summary>A connection was made: what the last was given counts for nothing.</summary>
        public void Connected()
        {
            _outbox.MarkAllUnsent();
        }

        /// <summary>
        /// Sends what is unsent. Ends at the first refusal; while the signing thread adds, at the
        /// latest after as many readings as the outbox holds.
        /// </summary>
        public DrainResult Drain(ulong uptimeMs)
        {
            if (uptimeMs - _sentUptimeMs >= ResendMs)
            {
                _outbox.MarkAllUnsent();
            }

            int length = _outbox.MessageLength;
            if (length != 0 && length != _message.Length)
            {
                _message = new byte[length];
            }

            for (int i = 0; i < _outbox.Capacity; i++)
            {
                if (_outbox.PeekUnsent(_message, out uint pagination) != PeekResult.Found)
                {
                    return DrainResult.AllHandedOver;
                }

                if (_sender.Send(_message) != SendResult.HandedOver)
                {
                    return DrainResult.Refused;
                }

                _outbox.MarkSent(pagination);
                _sentUptimeMs = uptimeMs;
            }

            return DrainResult.AllHandedOver;
        }
    }
}
