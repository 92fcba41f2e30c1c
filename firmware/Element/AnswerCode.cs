namespace Helios.Element
{
    /// <summary>
    /// What the element's answers say. An answer is a count of all its bytes, data, checksum; with
    /// one byte of data it is a status. Codes: ATECC508A datasheet, table 9-3, "Status/Error
    /// Codes", and those of the 608 in cryptoauthlib 788acf6f, isATCAError.
    /// </summary>
    internal static class AnswerCode
    {
        /// <summary>Bytes of an answer beside its data.</summary>
        public const int Overhead = 1 + Crc16.Length;

        /// <summary>Bytes of a status.</summary>
        public const int StatusPacketLength = 1 + Overhead;

        /// <summary>Bytes of an answer at most: a key or a signature.</summary>
        public const int LengthMax = 64 + Overhead;

        private const byte Success = 0x00;
        private const byte EccFault = 0x05;
        private const byte SelfTestError = 0x07;
        private const byte HealthTestError = 0x08;
        private const byte AfterWake = 0x11;
        private const byte WatchdogAboutToExpire = 0xEE;
        private const byte CrcOrOtherCommunicationError = 0xFF;
        private const byte ReleasedLine = 0xFF;

        /// <summary>What an answer to a command says.</summary>
        /// <param name="answer">As read.</param>
        /// <param name="dataLength">Bytes of data that were asked for; 1 for a status.</param>
        public static ElementResult Of(byte[] answer, int dataLength)
        {
            int count = answer[0];
            bool isStatus = count == StatusPacketLength;
            if ((!isStatus && count != dataLength + Overhead)
                || !Crc16.IsRight(answer, 0, count - Crc16.Length)
                || IsCutShort(answer, count))
            {
                return ElementResult.Garbled;
            }

            if (!isStatus)
            {
                return ElementResult.Done;
            }

            ElementResult result = OfStatus(answer[1]);
            return result == ElementResult.Done && dataLength != 1
                ? ElementResult.Garbled
                : result;
        }

        /// <summary>What an answer to the wake pulse says; Done if it is awake.</summary>
        public static ElementResult OfWaking(byte[] answer)
        {
            if (answer[0] != StatusPacketLength || !Crc16.IsRight(answer, 0, 2))
            {
                return ElementResult.Garbled;
            }

            return answer[1] == AfterWake ? ElementResult.Done : OfWakeFailure(answer[1]);
        }

        /// <summary>True if another attempt may do better.</summary>
        public static bool IsWorthRepeating(ElementResult result)
        {
            return result == ElementResult.NoAnswer
                || result == ElementResult.BusHeld
                || result == ElementResult.Garbled
                || result == ElementResult.Misheard
                || result == ElementResult.Interrupted
                || result == ElementResult.ComputedWrong;
        }

        // From where an element loses its supply or falls asleep, the rest of its answer reads as
        // a line that nobody drives: once in 65,536 times the checksum is right for that too. Of
        // whole answers one in 16,777,216 ends so: a signature is made anew, a key is of no use.
        private static bool IsCutShort(byte[] answer, int count)
        {
            return (answer[count - 1] & answer[count - 2] & answer[count - 3]) == ReleasedLine;
        }

        private static ElementResult OfStatus(byte status)
        {
            switch (status)
            {
                case Success:
                    return ElementResult.Done;
                case EccFault:
                    return ElementResult.ComputedWrong;
                case SelfTestError:
                case HealthTestError:
                    return ElementResult.SelfTestFailed;
                case AfterWake:
                case WatchdogAboutToExpire:
                    return ElementResult.Interrupted;
                case CrcOrOtherCommunicationError:
                    return ElementResult.Misheard;
                default:
                    return ElementResult.Refused;
            }
        }

        private static ElementResult OfWakeFailure(byte status)
        {
            return status == SelfTestError ? ElementResult.SelfTestFailed : ElementResult.Garbled;
        }
    }
}
