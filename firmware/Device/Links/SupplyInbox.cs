using Helios.Messaging;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// What came in for supply and waits for the signing stage: a signature takes it a second,
    /// and a broker may send any number. Each topic has room of its own, and who has just been
    /// heard waits for the others: one controller that floods its topic keeps out nobody else.
    /// <para>
    /// Of orders, the newest of each controller waits: it says the whole level and no step, and
    /// the broker retains the newest alone too. So it is with the next set of controllers, whose
    /// number is its topic's. Requests are not retained, and each asks for something of its own:
    /// if a later one took its place, its number would be used up unheard. They wait in their
    /// order; without room the newest is refused, whose number is good for another try.
    /// </para>
    /// </summary>
    public sealed class SupplyInbox
    {
        /// <summary>Requests of the owner that wait at most.</summary>
        public const int RequestsMax = 4;

        // An order of each controller, a set, the requests and one more that was put back.
        private const int Capacity = ControllerSet.CountMax + 1 + RequestsMax + 1;

        private readonly object _lock = new object();
        private readonly IWakeSignal _signing;
        private readonly IWakeSignal _network;

        // The oldest turn first.
        private readonly string[] _topics = new string[Capacity];
        private readonly byte[][] _messages = new byte[Capacity][];
        private string[] _subscribed = new string[0];
        private string _requestTopic;
        private int _count;

        /// <param name="signing">Wakes the stage that judges.</param>
        /// <param name="network">Wakes the stage that subscribes.</param>
        public SupplyInbox(IWakeSignal signing, IWakeSignal network)
        {
            _signing = signing;
            _network = network;
        }

        /// <summary>
        /// Topics to subscribe to, at most the owner's requests, the orders of seven controllers
        /// and a set; none before the meter is enrolled. Another array whenever they change: what
        /// waits for those that stay waits on. Set by the signing stage.
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
                    _requestTopic = RequestTopicOf(value);
                    DropUnsubscribed();
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
                if (message.Length > ControllerSetCodec.LengthMax || !IsSubscribed(topic))
                {
                    return;
                }

                bool isRequest = string.Equals(topic, _requestTopic);
                if (isRequest && CountOf(topic) >= RequestsMax)
                {
                    return;
                }

                int place = isRequest ? _count : PlaceOf(topic);
                if (place == _count)
                {
                    _count++;
                }

                _topics[place] = topic;
                _messages[place] = message;
            }

            _signing.Raise();
        }

        /// <summary>
        /// Takes the message whose turn it is; false if there is none. Signing stage.
        /// </summary>
        public bool TryTake(out string topic, out byte[] message)
        {
            lock (_lock)
            {
                // Null if none waits.
                topic = _topics[0];
                message = _messages[0];
                if (_count == 0)
                {
                    return false;
                }

                for (int i = 1; i < _count; i++)
                {
                    Move(i, i - 1);
                }

                Shorten(_count - 1);
                return true;
            }
        }

        /// <summary>
        /// Puts the message that was taken last back to where it was, unless a newer one of its
        /// kind waits by now. Wakes nobody: what kept it from being done is not over yet. Signing
        /// stage.
        /// </summary>
        public void PutBack(string topic, byte[] message)
        {
            lock (_lock)
            {
                if (!string.Equals(topic, _requestTopic) && PlaceOf(topic) < _count)
                {
                    return;
                }

                for (int i = _count; i > 0; i--)
                {
                    Move(i - 1, i);
                }

                _topics[0] = topic;
                _messages[0] = message;
                _count++;
            }
        }

        private static string RequestTopicOf(string[] topics)
        {
            for (int i = 0; i < topics.Length; i++)
            {
                if (Messaging.Topics.Parse(topics[i], out _) == TopicKind.Request)
                {
                    return topics[i];
                }
            }

            return null;
        }

        private void DropUnsubscribed()
        {
            int kept = 0;
            for (int i = 0; i < _count; i++)
            {
                if (IsSubscribed(_topics[i]))
                {
                    Move(i, kept);
                    kept++;
                }
            }

            Shorten(kept);
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

        private void Move(int from, int to)
        {
            _topics[to] = _topics[from];
            _messages[to] = _messages[from];
        }

        private void Shorten(int count)
        {
            while (_count > count)
            {
                _count--;
                _topics[_count] = null;
                _messages[_count] = null;
            }
        }

        private int CountOf(string topic)
        {
            int count = 0;
            for (int i = 0; i < _count; i++)
            {
                count += string.Equals(_topics[i], topic) ? 1 : 0;
            }

            return count;
        }

        // The place of the message that a topic has waiting; behind the last if none.
        private int PlaceOf(string topic)
        {
            int place = 0;
            while (place < _count && !string.Equals(_topics[place], topic))
            {
                place++;
            }

            return place;
        }
    }
}
