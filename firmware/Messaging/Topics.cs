using Helios.Metering;

namespace Helios.Messaging
{
    /// <summary>
    /// MQTT topics: <c>helios/v1/&lt;meter&gt;/reading</c> and its like. The address is 40
    /// lower-case hex digits without 0x; no other spelling is taken, so that a meter has one topic
    /// and not many.
    /// </summary>
    public static class Topics
    {
        /// <summary>What a relay subscribes to: the readings of all meters.</summary>
        public const string AllReadings = Prefix + "+/" + ReadingWord;

        private const string Prefix = "helios/v1/";
        private const string ReadingWord = "reading";
        private const string AcknowledgementWord = "ack";
        private const string OrderStart = "order/";
        private const string ControllersStart = "controllers/";
        private const string RequestWord = "request";
        private const string StatusWord = "status";
        private const string EnrolmentWord = "enrolment";
        private const string HexDigits = "0123456789abcdef";
        private const string Digits = "0123456789";
        private const int AddressDigits = 2 * AddressBytes.Length;

        // The prefix is 10 characters, and a slash ends the address.
        private const int WordStart = 10 + AddressDigits + 1;

        // Of 2^32 - 1.
        private const int NumberDigitsMax = 10;

        /// <summary>The topic of a kind for a meter.</summary>
        /// <param name="kind">
        /// Null for Unknown, and for Order and Controllers, which have many: see below.
        /// </param>
        /// <param name="meter">The meter's address, 20 bytes.</param>
        public static string Build(TopicKind kind, byte[] meter)
        {
            string word = WordOf(kind);
            return word == null ? null : Prefix + ToHex(meter) + "/" + word;
        }

        /// <summary>The topic of one controller's orders to a meter.</summary>
        /// <param name="meter">The meter's address, 20 bytes.</param>
        /// <param name="controller">The controller's address, 20 bytes.</param>
        public static string BuildOrder(byte[] meter, byte[] controller)
        {
            return Prefix + ToHex(meter) + "/" + OrderStart + ToHex(controller);
        }

        /// <summary>The topic of one set of controllers for a meter.</summary>
        /// <param name="meter">The meter's address, 20 bytes.</param>
        /// <param name="number">The set's, 1 or more: set 0 is never published.</param>
        public static string BuildControllers(byte[] meter, uint number)
        {
            return Prefix + ToHex(meter) + "/" + ControllersStart + number.ToString();
        }

        /// <summary>The controller of an order's topic, 20 bytes; null for any other.</summary>
        /// <param name="topic">Any topic; not null.</param>
        public static byte[] ControllerOf(string topic)
        {
            return Parse(topic, out _) == TopicKind.Order
                ? FromHex(topic.Substring(WordStart + OrderStart.Length))
                : null;
        }

        /// <summary>The number of a set's topic, 1 or more; 0 for any other.</summary>
        /// <param name="topic">Any topic; not null.</param>
        public static uint NumberOf(string topic)
        {
            return Parse(topic, out _) == TopicKind.Controllers
                ? ToNumber(topic.Substring(WordStart + ControllersStart.Length))
                : 0;
        }

        /// <summary>Says what a topic is and whose.</summary>
        /// <param name="topic">Any topic; not null.</param>
        /// <param name="meter">The meter's address, 20 bytes; null if Unknown.</param>
        public static TopicKind Parse(string topic, out byte[] meter)
        {
            meter = null;
            if (topic.Length <= WordStart
                || !string.Equals(topic.Substring(0, Prefix.Length), Prefix)
                || topic[WordStart - 1] != '/')
            {
                return TopicKind.Unknown;
            }

            TopicKind kind = KindOf(topic.Substring(WordStart));
            if (kind != TopicKind.Unknown)
            {
                meter = FromHex(topic.Substring(Prefix.Length, AddressDigits));
            }

            return meter == null ? TopicKind.Unknown : kind;
        }

        /// <summary>The lower-case hex digits of an address, without 0x.</summary>
        public static string ToHex(byte[] address)
        {
            char[] digits = new char[2 * address.Length];
            for (int i = 0; i < address.Length; i++)
            {
                digits[2 * i] = HexDigits[address[i] >> 4];
                digits[2 * i + 1] = HexDigits[address[i] & 0x0F];
            }

            return new string(digits);
        }

        private static string WordOf(TopicKind kind)
        {
            switch (kind)
            {
                case TopicKind.Reading:
                    return ReadingWord;
                case TopicKind.Acknowledgement:
                    return AcknowledgementWord;
                case TopicKind.Request:
                    return RequestWord;
                case TopicKind.Status:
                    return StatusWord;
                case TopicKind.Enrolment:
                    return EnrolmentWord;
                default:
                    return null;
            }
        }

        private static TopicKind KindOf(string word)
        {
            switch (word)
            {
                case ReadingWord:
                    return TopicKind.Reading;
                case AcknowledgementWord:
                    return TopicKind.Acknowledgement;
                case RequestWord:
                    return TopicKind.Request;
                case StatusWord:
                    return TopicKind.Status;
                case EnrolmentWord:
                    return TopicKind.Enrolment;
                default:
                    return KindOfPair(word);
            }
        }

        private static TopicKind KindOfPair(string word)
        {
            if (StartsWith(word, OrderStart)
                && word.Length == OrderStart.Length + AddressDigits
                && FromHex(word.Substring(OrderStart.Length)) != null)
            {
                return TopicKind.Order;
            }

            return StartsWith(word, ControllersStart)
                && ToNumber(word.Substring(ControllersStart.Length)) > 0
                    ? TopicKind.Controllers
                    : TopicKind.Unknown;
        }

        private static bool StartsWith(string text, string start)
        {
            return text.Length > start.Length
                && string.Equals(text.Substring(0, start.Length), start);
        }

        // 1 to 2^32 - 1 without leading zeros, so that a set has one topic; else 0.
        private static uint ToNumber(string text)
        {
            if (text.Length > NumberDigitsMax || text[0] == '0')
            {
                return 0;
            }

            ulong number = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int digit = Digits.IndexOf(text[i]);
                if (digit < 0)
                {
                    return 0;
                }

                number = number * 10 + (byte)digit;
            }

            return number <= uint.MaxValue ? (uint)number : 0;
        }

        private static byte[] FromHex(string digits)
        {
            byte[] address = new byte[AddressBytes.Length];
            for (int i = 0; i < AddressBytes.Length; i++)
            {
                int high = HexDigits.IndexOf(digits[2 * i]);
                int low = HexDigits.IndexOf(digits[2 * i + 1]);
                if (high < 0 || low < 0)
                {
                    return null;
                }

                address[i] = (byte)(high * 16 + low);
            }

            return address;
        }
    }
}
