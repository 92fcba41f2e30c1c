using System;

namespace Helios.Messaging
{
    /// <summary>
    /// Signed readings until a relay has stored them, oldest first, all of one curve and in room
    /// allocated once, with the first. When
    /// full it lets the oldest go: registers are cumulative, so every later reading says what it
    /// said. The newest is always kept. It does not survive a restart; the meter signs anew then.
    /// <para>
    /// The signing thread adds, the network thread takes and acknowledges; each call is short.
    /// </para>
    /// </summary>
    public sealed class Outbox
    {
        /// <summary>
        /// Readings kept on a device: 32 x 99 bytes are 3.2 KB of a heap of about 85 KB
        /// (nanoframework.md, section 5), on P-256 5.2 KB, and 32 coins are a sunny day of a roof.
        /// </summary>
        public const int CapacityDefault = 32;

        private readonly object _lock = new object();
        private readonly byte[][] _messages;
        private readonly uint[] _paginations;
        private int _messageLength;
        private int _oldest;
        private int _count;
        private int _sent;
        private uint _newestPagination;
        private uint _acknowledgedPagination;

        /// <param name="capacity">Readings kept at most, 1 or more.</param>
        public Outbox(int capacity)
        {
            _paginations = new uint[capacity];
            _messages = new byte[capacity][];
        }

        /// <summary>Readings kept at most.</summary>
        public int Capacity
        {
            get { return _messages.Length; }
        }

        /// <summary>Readings that no relay has acknowledged.</summary>
        public int Count
        {
            get
            {
                lock (_lock)
                {
                    return _count;
                }
            }
        }

        /// <summary>What the last acknowledgement said, believed or not; 0 before one.</summary>
        public uint AcknowledgedPagination
        {
            get
            {
                lock (_lock)
                {
                    return _acknowledgedPagination;
                }
            }
        }

        /// <summary>Bytes of each reading; 0 before the first.</summary>
        public int MessageLength
        {
            get
            {
                lock (_lock)
                {
                    return _messageLength;
                }
            }
        }

        /// <summary>Keeps a copy of a signed reading.</summary>
        /// <param name="pagination">Above that of every reading put in before.</param>
        /// <param name="message">99 bytes, or 163; always as many as the first.</param>
        public OutboxResult Add(uint pagination, byte[] message)
        {
            lock (_lock)
            {
                if (pagination <= _newestPagination)
                {
                    return OutboxResult.NotNewer;
                }

                MakeRoom(message.Length);
                bool isFull = _count == _messages.Length;
                if (isFull)
                {
                    DropOldest();
                }

                int place = PlaceOf(_count);
                Array.Copy(message, 0, _messages[place], 0, _messageLength);
                _paginations[place] = pagination;
                _newestPagination = pagination;
                _count++;
                return isFull ? OutboxResult.KeptAndOldestDropped : OutboxResult.Kept;
            }
        }

        /// <summary>The oldest reading that was not handed to this connection yet.</summary>
        /// <param name="message">Filled with its bytes if Found.</param>
        /// <param name="pagination">Its pagination if Found.</param>
        public PeekResult PeekUnsent(byte[] message, out uint pagination)
        {
            pagination = 0;
            lock (_lock)
            {
                if (_sent == _count)
                {
                    return PeekResult.NothingUnsent;
                }

                int place = PlaceOf(_sent);
                Array.Copy(_messages[place], 0, message, 0, _messageLength);
                pagination = _paginations[place];
                return PeekResult.Found;
            }
        }

        /// <summary>
        /// The connection took readings up to this pagination. They stay until acknowledged.
        /// </summary>
        public void MarkSent(uint pagination)
        {
            lock (_lock)
            {
                while (_sent < _count && _paginations[PlaceOf(_sent)] <= pagination)
                {
                    _sent++;
                }
            }
        }

        /// <summary>
        /// A new connection, or no answer on this one: everything is to be sent again.
        /// </summary>
        public void MarkAllUnsent()
        {
            lock (_lock)
            {
                _sent = 0;
            }
        }

        /// <summary>A relay stored everything up to this pagination: its room is free.</summary>
        public void Acknowledge(uint storedPagination)
        {
            lock (_lock)
            {
                _acknowledgedPagination = storedPagination;
                while (_count > 0 && _paginations[_oldest] <= storedPagination)
                {
                    DropOldest();
                }
            }
        }

        private void MakeRoom(int messageLength)
        {
            if (_messageLength != 0)
            {
                return;
            }

            _messageLength = messageLength;
            for (int i = 0; i < _messages.Length; i++)
            {
                _messages[i] = new byte[messageLength];
            }
        }

        private void DropOldest()
        {
            _oldest = PlaceOf(1);
            _count--;
            if (_sent > 0)
            {
                _sent--;
            }
        }

        private int PlaceOf(int index)
        {
            return (_oldest + index) % _messages.Length;
        }
    }
}
