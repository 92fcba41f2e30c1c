using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed set of controllers, big-endian: threshold 1, count 1, addresses 20 each, then 1 to
    /// 7 signatures of the set before, 64 each: r 32 and yParity with s 32 (EIP-2098). The number
    /// is the topic's. The rules of a set are checked in both directions; the signatures are
    /// carried, not judged.
    /// </summary>
    public static class ControllerSetCodec
    {
        /// <summary>Bytes of the longest message: seven controllers, seven signatures.</summary>
        public const int LengthMax = AddressesOffset
            + ControllerSet.CountMax * (AddressBytes.Length + SigningKey.SignatureLength);

        private const int AddressesOffset = 2;

        /// <summary>The bytes to publish.</summary>
        /// <param name="set">What was signed.</param>
        /// <param name="signatures">
        /// As many as the threshold of the set before, 64 bytes each, signers ascending.
        /// </param>
        /// <param name="message">The message; null unless Done.</param>
        public static CodecResult Encode(
            ControllerSet set, byte[][] signatures, out byte[] message)
        {
            message = null;
            CodecResult range = CheckRanges(set, signatures.Length);
            if (range != CodecResult.Done)
            {
                return range;
            }

            int count = set.Addresses.Length;
            int signaturesOffset = AddressesOffset + count * AddressBytes.Length;
            message = new byte[signaturesOffset + signatures.Length * SigningKey.SignatureLength];
            message[0] = set.Threshold;
            message[1] = (byte)count;
            Join(set.Addresses, message, AddressesOffset);
            Join(signatures, message, signaturesOffset);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed set. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="number">The number of its topic; kept in the set.</param>
        /// <param name="set">What it says; null unless Done.</param>
        /// <param name="signatures">1 to 7 of 64 bytes each; null unless Done.</param>
        public static CodecResult Decode(
            byte[] message, uint number, out ControllerSet set, out byte[][] signatures)
        {
            set = null;
            signatures = null;
            if (message.Length < AddressesOffset || message.Length > LengthMax)
            {
                return message.Length < AddressesOffset
                    ? CodecResult.TooShort
                    : CodecResult.TooLong;
            }

            int count = message[1];
            int signaturesOffset = AddressesOffset + count * AddressBytes.Length;
            int signaturesLength = message.Length - signaturesOffset;
            if (signaturesLength < SigningKey.SignatureLength
                || signaturesLength % SigningKey.SignatureLength != 0)
            {
                return CodecResult.TooShort;
            }

            ControllerSet said = new ControllerSet(
                number,
                message[0],
                Split(message, AddressesOffset, count, AddressBytes.Length));
            int signers = signaturesLength / SigningKey.SignatureLength;
            CodecResult range = CheckRanges(said, signers);
            if (range == CodecResult.Done)
            {
                set = said;
                signatures = Split(
                    message, signaturesOffset, signers, SigningKey.SignatureLength);
            }

            return range;
        }

        private static CodecResult CheckRanges(ControllerSet set, int signers)
        {
            if (set.Check() != ControllerSetCheck.Sound)
            {
                return CodecResult.ControllersOutOfRange;
            }

            if (signers == 0)
            {
                return CodecResult.TooShort;
            }

            return signers > ControllerSet.CountMax ? CodecResult.TooLong : CodecResult.Done;
        }

        private static void Join(byte[][] parts, byte[] message, int offset)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                Array.Copy(parts[i], 0, message, offset, parts[i].Length);
                offset += parts[i].Length;
            }
        }

        private static byte[][] Split(byte[] message, int offset, int count, int length)
        {
            byte[][] parts = new byte[count][];
            for (int i = 0; i < count; i++)
            {
                parts[i] = new byte[length];
                Array.Copy(message, offset + i * length, parts[i], 0, length);
            }

            return parts;
        }
    }
}
