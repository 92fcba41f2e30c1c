using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed supply order as 70 bytes, big-endian: authorisedWh 6, then the signature: r 32
    /// and yParity with s 32 (EIP-2098). The meter is the topic's. Ranges are checked in both
    /// directions; the signature is carried, not judged.
    /// </summary>
    public static class SupplyOrderCodec
    {
        /// <summary>Bytes of a signed order.</summary>
        public const int Length = OrderLength + SigningKey.SignatureLength;

        private const int OrderLength = 6;

        /// <summary>Writes a signed order into 70 bytes.</summary>
        /// <param name="order">What was signed.</param>
        /// <param name="signature">r and yParity with s, 64 bytes.</param>
        /// <param name="message">70 bytes; changed only if Done.</param>
        public static CodecResult Encode(SupplyOrder order, byte[] signature, byte[] message)
        {
            if (signature.Length != SigningKey.SignatureLength || message.Length != Length)
            {
                return signature.Length < SigningKey.SignatureLength || message.Length < Length
                    ? CodecResult.TooShort
                    : CodecResult.TooLong;
            }

            if (order.AuthorisedWh > Reading.RegisterWhMax)
            {
                return CodecResult.RegisterOutOfRange;
            }

            BigEndian.Write(message, 0, OrderLength, order.AuthorisedWh);
            Array.Copy(signature, 0, message, OrderLength, SigningKey.SignatureLength);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed order. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="meter">The meter of its topic, 20 bytes; kept in the order.</param>
        /// <param name="order">What it says; null unless Done.</param>
        /// <param name="signature">r and yParity with s, 64 bytes; null unless Done.</param>
        public static CodecResult Decode(
            byte[] message, byte[] meter, out SupplyOrder order, out byte[] signature)
        {
            order = null;
            signature = null;
            if (message.Length != Length)
            {
                return message.Length < Length ? CodecResult.TooShort : CodecResult.TooLong;
            }

            order = new SupplyOrder(meter, BigEndian.Read(message, 0, OrderLength));
            signature = new byte[SigningKey.SignatureLength];
            Array.Copy(message, OrderLength, signature, 0, SigningKey.SignatureLength);
            return CodecResult.Done;
        }
    }
}
