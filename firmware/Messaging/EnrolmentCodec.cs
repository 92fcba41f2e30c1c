using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed Enrolment as bytes, big-endian, as a meter prints it for whoever enrols it: meter
    /// 20, owner 20, impulsesPerKwh 4, maxPowerW 4, pagination 4, exportWh 6, importWh 6,
    /// returnedWh 6, assurance 1, then the signature, whose length tells the curve: 135 bytes in
    /// all on secp256k1, 199 on P-256. Ranges are checked in both directions; the signature is
    /// carried, not judged.
    /// </summary>
    public static class EnrolmentCodec
    {
        /// <summary>
        /// What the line with an Enrolment begins with where a meter prints one; then the bytes in
        /// hex digits. 1 is the layout's number.
        /// </summary>
        public const string LineStart = "HELIOS-ENROLMENT 1 ";

        /// <summary>Bytes of an Enrolment that is signed on secp256k1.</summary>
        public const int Length = EnrolmentLength + SignatureLengths.Secp256k1;

        /// <summary>Bytes of an Enrolment that is signed on P-256.</summary>
        public const int LengthP256 = EnrolmentLength + SignatureLengths.P256;

        /// <summary>Bytes before the signature.</summary>
        public const int EnrolmentLength = 71;

        /// <summary>Writes a signed Enrolment.</summary>
        /// <param name="enrolment">What was signed.</param>
        /// <param name="signature">64 bytes, or 128; see <see cref="SignatureLengths"/>.</param>
        /// <param name="message">71 bytes more than those; changed only if Done.</param>
        public static CodecResult Encode(Enrolment enrolment, byte[] signature, byte[] message)
        {
            CodecResult result = SignatureLengths.CheckRoom(
                message.Length, EnrolmentLength, signature.Length);
            if (result == CodecResult.Done)
            {
                result = CheckRanges(enrolment);
            }

            if (result != CodecResult.Done)
            {
                return result;
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
            Array.Copy(signature, 0, message, EnrolmentLength, signature.Length);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed Enrolment. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="enrolment">What it says; null unless Done.</param>
        /// <param name="signature">
        /// 64 or 128 bytes, a copy; null unless Done.
        /// </param>
        public static CodecResult Decode(
            byte[] message, out Enrolment enrolment, out byte[] signature)
        {
            enrolment = null;
            signature = null;
            CodecResult length = SignatureLengths.Check(message.Length, EnrolmentLength);
            if (length != CodecResult.Done)
            {
                return length;
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
            signature = Copy(message, EnrolmentLength, message.Length - EnrolmentLength);
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
