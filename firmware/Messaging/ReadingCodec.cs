using System;
using Helios.Metering;

namespace Helios.Messaging
{
    /// <summary>
    /// A signed reading as bytes, the same on MQTT and in calldata, big-endian: pagination 4,
    /// exportWh 6, importWh 6, authorisedWh 6, returnedWh 6, takenAt 5, status 2, then the
    /// signature, whose length tells the curve: 99 bytes in all on secp256k1, 163 on P-256. Ranges
    /// are checked in both directions; the signature is carried, not judged.
    /// </summary>
    public static class ReadingCodec
    {
        /// <summary>Bytes of a reading that is signed on secp256k1.</summary>
        public const int Length = ReadingLength + SignatureLengths.Secp256k1;

        /// <summary>Bytes of a reading that is signed on P-256.</summary>
        public const int LengthP256 = ReadingLength + SignatureLengths.P256;

        /// <summary>Bytes before the signature.</summary>
        public const int ReadingLength = 35;

        // Bits 9 to 15 of the status have no meaning.
        private const int StatusUnused = 0xFE00;

        /// <summary>Writes a signed reading.</summary>
        /// <param name="reading">What was signed.</param>
        /// <param name="signature">64 bytes, or 128; see <see cref="SignatureLengths"/>.</param>
        /// <param name="message">35 bytes more than those; changed only if Done.</param>
        public static CodecResult Encode(Reading reading, byte[] signature, byte[] message)
        {
            CodecResult result = SignatureLengths.CheckRoom(
                message.Length, ReadingLength, signature.Length);
            if (result == CodecResult.Done)
            {
                result = CheckRanges(reading);
            }

            if (result != CodecResult.Done)
            {
                return result;
            }

            BigEndian.Write(message, 0, 4, reading.Pagination);
            BigEndian.Write(message, 4, 6, reading.ExportWh);
            BigEndian.Write(message, 10, 6, reading.ImportWh);
            BigEndian.Write(message, 16, 6, reading.AuthorisedWh);
            BigEndian.Write(message, 22, 6, reading.ReturnedWh);
            BigEndian.Write(message, 28, 5, reading.TakenAt);
            BigEndian.Write(message, 33, 2, reading.Status);
            Array.Copy(signature, 0, message, ReadingLength, signature.Length);
            return CodecResult.Done;
        }

        /// <summary>Reads a signed reading. Nothing is handed out unless Done.</summary>
        /// <param name="message">What came, of any length; not null.</param>
        /// <param name="reading">What it says; null unless Done.</param>
        /// <param name="signature">
        /// 64 or 128 bytes, a copy; null unless Done.
        /// </param>
        public static CodecResult Decode(byte[] message, out Reading reading, out byte[] signature)
        {
            reading = null;
            signature = null;
            CodecResult length = SignatureLengths.Check(message.Length, ReadingLength);
            if (length != CodecResult.Done)
            {
                return length;
            }

            Reading said = new Reading(
                (uint)BigEndian.Read(message, 0, 4),
                BigEndian.Read(message, 4, 6),
                BigEndian.Read(message, 10, 6),
                BigEndian.Read(message, 16, 6),
                BigEndian.Read(message, 22, 6),
                BigEndian.Read(message, 28, 5),
                (ushort)BigEndian.Read(message, 33, 2));
            CodecResult range = CheckRanges(said);
            if (range != CodecResult.Done)
            {
                return range;
            }

            reading = said;
            signature = new byte[message.Length - ReadingLength];
            Array.Copy(message, ReadingLength, signature, 0, signature.Length);
            return CodecResult.Done;
        }

        private static CodecResult CheckRanges(Reading reading)
        {
            if (reading.Pagination == 0)
            {
                return CodecResult.PaginationZero;
            }

            if (reading.ExportWh > Reading.RegisterWhMax
                || reading.ImportWh > Reading.RegisterWhMax
                || reading.AuthorisedWh > Reading.RegisterWhMax
                || reading.ReturnedWh > Reading.RegisterWhMax)
            {
                return CodecResult.RegisterOutOfRange;
            }

            if (reading.TakenAt > Reading.TakenAtMax
                || reading.TakenAt % Reading.TakenAtStepSeconds != 0)
            {
                return CodecResult.TakenAtOutOfRange;
            }

            return (reading.Status & StatusUnused) == 0
                ? CodecResult.Done
                : CodecResult.StatusOutOfRange;
        }
    }
}
