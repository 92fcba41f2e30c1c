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
        private const string RequestWord = "request";
        private const string StatusWord = "status";
        private const string HexDigits = "0123456789abcdef";
        private const int AddressDigits = 2 * AddressBytes.Length;

        /// <summary>The topic of a kind for a meter.</summary>
        /// <param name="kind">Any but Unknown, which has no topic: null.</param>
        /// <param name="meter">The meter's address, 20 bytes.</param>
        public static string Build(TopicKind kind, byte[] meter)
        {
            string word = WordOf(kind);
            return word == null ? null : Prefix + ToHex(meter) + "/" + word;
        }

        /// <summary>Says what a topic is and whose.</summary>
        /// <param name="topic">Any topic; not null.</param>
        /// <param name="meter">The meter's address, 20 bytes; null if Unknown.</param>
        public static TopicKind Parse(string topic, out byte[] meter)
        {
            meter = null;
            int wordStart = Prefix.Length + AddressDigits + 1;
            if (topic.Length <= wordStart
                || !string.Equals(topic.Substring(0, Prefix.Length), Prefix)
                || topic[wordStart - 1] != '/')
            {
                return TopicKind.Unknown;
            }

            TopicKind kind = KindOf(topic.Substring(wordStart));
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
                default:
                    return TopicKind.Unknown;
            }
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
