using Helios.Messaging;

namespace Helios.Device
{
    /// <summary>
    /// What came in for supply and waits for the signing stage: a signature takes it a second,
    /// and a broker may send any number. A full inbox refuses the newest; orders and sets are
    /// retained and come again with the next connection.
    /// </summary>
    public sealed class SupplyInbox
    {
        /// <summary>
        /// Messages that wait at most: an order of each of seven controllers, a set, a request.
        /// </summary>
        public const int Capacity = 9;

        private readonly object _lock = new object();
        private readonly IWakeSignal _signing;
        private readonly IWakeSignal _network;
        private readonly string[] _topics = new string[Capacity];
        private readonly byte[][] _messages = new byte[Capacity][];
        private string[] _subscribed = new string[0];
        private int _first;
        private int _count;

        /// <param name="signing">Wakes the stage that judges.</param>
        /// <param name="network">Wakes the stage that subscribes.</param>
        public SupplyInbox(IWakeSignal signing, IWakeSignal network)
        {
            _signing = signing;
            _network = network;
        }

        /// <summary>
        /// Topics to subscribe to; none on a meter without supply. Another array whenever they
        /// change. Set by the signing stage.
        /// </summary>
        public string[] Topics
        {
            get
            {
                lock (_lock)
                {
                    return _subscribed;
                }
            }

            set
            {
                lock (_lock)
                {
                    _subscribed = value;
                }

                _network.Raise();
            }
        }

        /// <summary>
        /// Keeps a message of one of the topics; of no other and none that is too long, whatever
        /// the broker sends. Any thread.
        /// </summary>
        public void Add(string topic, byte[] message)
        {
            lock (_lock)
            {
                if (_count == Capacity
                    || message.Length > ControllerSetCodec.LengthMax
                    || !IsSubscribed(topic))
                {
                    return;
                }

                int place = (_first + _count) % Capacity;
                _topics[place] = topic;
                _messages[place] = message;
                _count++;
            }

            _signing.Raise();
        }

        /// <summary>Takes the oldest message; false if there is none. Signing stage.</summary>
        public bool TryTake(out string topic, out byte[] message)
        {
            lock (_lock)
            {
                topic = null;
                message = null;
                if (_count == 0)
                {
                    return false;
                }

                topic = _topics[_first];
                message = _messages[_first];
                _topics[_first] = null;
                _messages[_first] = null;
                _first = (_first + 1) % Capacity;
                _count--;
                return true;
            }
        }

        private bool IsSubscribed(string topic)
        {
            for (int i = 0; i < _subscribed.Length; i++)
            {
                if (string.Equals(_subscribed[i], topic))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
