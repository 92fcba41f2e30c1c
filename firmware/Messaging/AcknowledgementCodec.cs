using Helios.Metering;

namespace Helios.Messaging
{
    /// <summary>
    /// An acknowledgement as 8 bytes, big-endian: highest stored pagination 4, highest pagination
    /// accepted on chain 4. Every value of either is valid.
    /// </summary>
    public static class AcknowledgementCodec
    {
        /// <summary>Bytes of an acknowledgement.</summary>
        public const int Length = 8;

        /// <summary>The 8 bytes to publish.</summary>
        public static byte[] Encode(Acknowledgement acknowledgement)
        {
            byte[] message = new byte[Length];
            BigEndian.Write(message, 0, 4, acknowledgement.StoredPagination);
            BigEndian.Write(message, 4, 4, acknowledgement.AcceptedPagination);
            return message;
        }

        /// <summary>Reads an acknowledgement of any length; not null.</summary>
        /// <param name="message">What came.</param>
        /// <param name="acknowledgement">What it says; null unless Done.</param>
        public static CodecResult Decode(byte[] message, out Acknowledgement acknowledgement)
        {
            acknowledgement = null;
            if (message.Length != Length)
            {
                return message.Length < Length ? CodecResult.TooShort : CodecResult.TooLong;
            }

            acknowledgement = new Acknowledgement(
                (uint)BigEndian.Read(message, 0, 4), (uint)BigEndian.Read(message, 4, 4));
            return CodecResult.Done;
        }
    }
}
