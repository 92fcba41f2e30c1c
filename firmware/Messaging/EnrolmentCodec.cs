using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed Enrolment as 135 bytes, big-endian, as a meter prints it for whoever enrols it:
    /// meter 20, owner 20, impulsesPerKwh 4, maxPowerW 4, pagination 4, exportWh 6, importWh 6,
    /// returnedWh 6, assurance 1, then the signature: r 32 and yParity with s 32 (EIP-2098).
    /// Ranges are checked in both directions; the signature is carried, not judged.
    /// </summary>
    public static class EnrolmentCodec
    {
        /// <summary>Bytes of a signed Enrolment.</summary>
        public const int Length = EnrolmentLength + SignatureLength;

        /// <summary>Bytes before the signature.</summary>
        public const int EnrolmentLength = 71;

        /// <summary>Bytes of a compact signature.</summary>
        public const int SignatureLength = SigningKey.SignatureLength;

        /// <summary>Writes a signed Enrolment into 135 bytes.</summary>
        /// <param name="enrolment">What was signed.</param>
        /// <param name="signature">r and yParity with s, 64 bytes.</param>
        /// <param name="message">135 bytes; changed only if Done.</param>
        public static CodecResult Encode(Enrolment enrolment, byte[] signature, byte[] message)
        {
            if (signature.Length != SignatureLength || message.Length != Length)
            {
                return signature.Length < SignatureLength || message.Length < Length
                    ? CodecResult.TooShort
                    : CodecResult.TooLong;
            }

            CodecResult range = CheckRanges(enrolment);
            if (range != CodecResult.Done)
            {
                return range;
            }

            Array.Copy(enrolment.Meter, 0, message, 0, AddressBytes.Length);
            Array.Copy(enrolment.Owner, 0, message, 20, AddressBytes.Length);
            BigEndian.Write(message, 40, 4, enrolment.ImpulsesPerKwh);
            BigEndian.Write(message, 44, 4, enrolment.MaxPowerW);
            BigEndian.Write(message, 48, 4, enrolment.Pagination);
            BigEndian.Write(message, 52, 6, enrolment.ExportWh);
            BigEndian.Write(message, 58, 6, enrolment.ImportWh);
            BigEndian.Write(message, 64, 6, enrolment.ReturnedWh);
            message[70] = enrolment.Assurance;
            Array.Copy(signature, 0, message, EnrolmentLength, SignatureLength);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed Enrolment. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="enrolment">What it says; null unless Done.</param>
        /// <param name="signature">
        /// r and yParity with s, 64 bytes, a copy; null unless Done.
        /// </param>
        public static CodecResult Decode(
            byte[] message, out Enrolment enrolment, out byte[] signature)
        {
            enrolment = null;
            signature = null;
            if (message.Length != Length)
            {
                return message.Length < Length ? CodecResult.TooShort : CodecResult.TooLong;
            }

            Enrolment said = new Enrolment(
                Copy(message, 0, AddressBytes.Length),
                Copy(message, 20, AddressBytes.Length),
                (uint)BigEndian.Read(message, 40, 4),
                (uint)BigEndian.Read(message, 44, 4),
                (uint)BigEndian.Read(message, 48, 4),
                BigEndian.Read(message, 52, 6),
                BigEndian.Read(message, 58, 6),
                BigEndian.Read(message, 64, 6),
                message[70]);
            CodecResult range = CheckRanges(said);
            if (range != CodecResult.Done)
            {
                return range;
            }

            enrolment = said;
            signature = Copy(message, EnrolmentLength, SignatureLength);
            return CodecResult.Done;
        }

        private static byte[] Copy(byte[] message, int offset, int length)
        {
            byte[] bytes = new byte[length];
            Array.Copy(message, offset, bytes, 0, length);
            return bytes;
        }

        private static CodecResult CheckRanges(Enrolment enrolment)
        {
            if (!AddressBytes.IsSet(enrolment.Meter) || !AddressBytes.IsSet(enrolment.Owner))
            {
                return CodecResult.AddressMissing;
            }

            if (enrolment.Pagination == 0)
            {
                return CodecResult.PaginationZero;
            }

            if (enrolment.ImpulsesPerKwh == 0
                || enrolment.ImpulsesPerKwh > MeterConfiguration.ImpulsesPerKwhMax
                || enrolment.MaxPowerW == 0
                || enrolment.MaxPowerW > MeterConfiguration.RatedPowerWMax
                || enrolment.Assurance > Enrolment.SecureElement)
            {
                return CodecResult.ConstantOutOfRange;
            }

            return enrolment.ExportWh > Reading.RegisterWhMax
                || enrolment.ImportWh > Reading.RegisterWhMax
                || enrolment.ReturnedWh > Reading.RegisterWhMax
                    ? CodecResult.RegisterOutOfRange
                    : CodecResult.Done;
        }
    }
}
