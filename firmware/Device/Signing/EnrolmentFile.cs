using System;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The Enrolment that the meter signed, kept so that it is signed once, and printed at every
    /// boot for whoever enrols the meter: <c>HELIOS-ENROLMENT 1 </c> and 270 hex digits, or 398 on
    /// P-256.
    /// </summary>
    public sealed class EnrolmentFile
    {
        private const string Name = "enrolment";
        private const int ChecksumLength = 4;

        private readonly IFlash _flash;
        private readonly IConsole _console;
        private readonly Crc32 _crc32 = new Crc32();

        /// <param name="flash">Where the file is.</param>
        /// <param name="console">Where it is printed.</param>
        public EnrolmentFile(IFlash flash, IConsole console)
        {
            _flash = flash;
            _console = console;
        }

        /// <summary>What was read or kept, as it is published; null before.</summary>
        public byte[] Message { get; private set; }

        /// <summary>
        /// True if the file holds this meter's Enrolment for this owner and rated power: what the
        /// configuration can still change.
        /// </summary>
        /// <param name="meter">20 bytes.</param>
        /// <param name="owner">20 bytes.</param>
        /// <param name="maxPowerW">Rated power, W.</param>
        public bool TryRead(byte[] meter, byte[] owner, uint maxPowerW)
        {
            byte[] file = new byte[EnrolmentCodec.LengthP256 + ChecksumLength];
            if (_flash.Read(Name, file, out int length) != FlashResult.Done
                || length <= ChecksumLength
                || BigEndian.Read(file, length - ChecksumLength, ChecksumLength)
                    != _crc32.Compute(file, length - ChecksumLength))
            {
                return false;
            }

            byte[] message = new byte[length - ChecksumLength];
            Array.Copy(file, 0, message, 0, message.Length);
            bool isOurs =
                EnrolmentCodec.Decode(message, out Enrolment said, out _) == CodecResult.Done
                && AddressBytes.AreEqual(said.Meter, meter)
                && AddressBytes.AreEqual(said.Owner, owner)
                && said.MaxPowerW == maxPowerW;
            Message = isOurs ? message : null;
            return isOurs;
        }

        /// <summary>Keeps a new one. It is printed even if it cannot be kept.</summary>
        public FlashResult Keep(Enrolment enrolment, byte[] signature)
        {
            Message = new byte[EnrolmentCodec.EnrolmentLength + signature.Length];
            if (EnrolmentCodec.Encode(enrolment, signature, Message) != CodecResult.Done)
            {
                // The meter keeps what it enrols with in range.
                throw new InvalidOperationException();
            }

            byte[] file = new byte[Message.Length + ChecksumLength];
            Array.Copy(Message, 0, file, 0, Message.Length);
            BigEndian.Write(
                file,
                Message.Length,
                ChecksumLength,
                _crc32.Compute(file, Message.Length));
            return _flash.Write(Name, file);
        }

        /// <summary>Prints what was read or kept.</summary>
        public void Print()
        {
            _console.WriteLine(EnrolmentCodec.LineStart + Topics.ToHex(Message));
        }
    }
}
