using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed owner's request as 89 bytes, big-endian: action 1, number 4, argument 20, then
    /// the signature: r 32 and yParity with s 32 (EIP-2098). The meter is the topic's. Ranges are
    /// checked in both directions; the signature is carried, not judged.
    /// </summary>
    public static class OwnerRequestCodec
    {
        /// <summary>Bytes of a signed request.</summary>
        public const int Length = RequestLength + SigningKey.SignatureLength;

        private const int NumberOffset = 1;
        private const int ArgumentOffset = 5;
        private const int RequestLength = ArgumentOffset + AddressBytes.Length;

        /// <summary>Writes a signed request into 89 bytes.</summary>
        /// <param name="request">What was signed.</param>
        /// <param name="signature">r and yParity with s, 64 bytes.</param>
        /// <param name="message">89 bytes; changed only if Done.</param>
        public static CodecResult Encode(OwnerRequest request, byte[] signature, byte[] message)
        {
            if (signature.Length != SigningKey.SignatureLength || message.Length != Length)
            {
                return signature.Length < SigningKey.SignatureLength || message.Length < Length
                    ? CodecResult.TooShort
                    : CodecResult.TooLong;
            }

            CodecResult range = CheckRanges(request);
            if (range != CodecResult.Done)
            {
                return range;
            }

            message[0] = request.Action;
            BigEndian.Write(message, NumberOffset, 4, request.Number);
            Array.Copy(request.Argument, 0, message, ArgumentOffset, AddressBytes.Length);
            Array.Copy(signature, 0, message, RequestLength, SigningKey.SignatureLength);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed request. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="meter">The meter of its topic, 20 bytes; kept in the request.</param>
        /// <param name="request">What it says; null unless Done.</param>
        /// <param name="signature">r and yParity with s, 64 bytes; null unless Done.</param>
        public static CodecResult Decode(
            byte[] message, byte[] meter, out OwnerRequest request, out byte[] signature)
        {
            request = null;
            signature = null;
            if (message.Length != Length)
            {
                return message.Length < Length ? CodecResult.TooShort : CodecResult.TooLong;
            }

            byte[] argument = new byte[AddressBytes.Length];
            Array.Copy(message, ArgumentOffset, argument, 0, AddressBytes.Length);
            OwnerRequest said = new OwnerRequest(
                meter, message[0], (uint)BigEndian.Read(message, NumberOffset, 4), argument);
            CodecResult range = CheckRanges(said);
            if (range != CodecResult.Done)
            {
                return range;
            }

            request = said;
            signature = new byte[SigningKey.SignatureLength];
            Array.Copy(message, RequestLength, signature, 0, SigningKey.SignatureLength);
            return CodecResult.Done;
        }

        private static CodecResult CheckRanges(OwnerRequest request)
        {
            bool isKnown = request.Action >= OwnerRequest.SignReading
                && request.Action <= OwnerRequest.ReleaseSwitch;
            return isKnown && request.Number > 0 && request.Argument.Length == AddressBytes.Length
                ? CodecResult.Done
                : CodecResult.RequestOutOfRange;
        }
    }
}
