using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// SNTP over 48 bytes: RFC 4330, section 5. The request's transmit timestamp is random, since
    /// the server only gives it back: so an answer is known from a packet of somebody who did not
    /// see the request.
    /// </summary>
    public static class SntpPacket
    {
        /// <summary>Bytes of a packet without authentication.</summary>
        public const int Length = 48;

        /// <summary>Bytes of a timestamp, the request's random one too.</summary>
        public const int TimestampLength = 8;

        // 1 January 2025: a server that is before it has not been set.
        private const ulong UnixMsMin = 1735689600000;

        // No leap indicator, version 4, mode 3 client; an answer is mode 4 server.
        private const byte ClientHeader = 0x23;
        private const byte ModeMask = 0x07;
        private const byte ServerMode = 4;
        private const byte NotSynchronised = 0xC0;

        // Stratum 0 is a "kiss of death", 16 and above are not synchronised.
        private const byte StratumMax = 15;

        private const int OriginateOffset = 24;
        private const int TransmitOffset = 40;

        // Seconds from 1900 to 1970 (RFC 4330, section 3), and from one era to the next.
        private const ulong SecondsTo1970 = 2208988800;
        private const ulong EraSeconds = 0x100000000;

        /// <summary>Writes a request over the whole packet.</summary>
        /// <param name="packet">48 bytes.</param>
        /// <param name="random">8 random bytes.</param>
        public static void FillRequest(byte[] packet, byte[] random)
        {
            System.Array.Clear(packet, 0, Length);
            packet[0] = ClientHeader;
            System.Array.Copy(random, 0, packet, TransmitOffset, TimestampLength);
        }

        /// <summary>Reads what came.</summary>
        /// <param name="packet">48 bytes or more.</param>
        /// <param name="length">Bytes that came.</param>
        /// <param name="random">What the request carried.</param>
        /// <param name="unixMs">When the server sent it; 0 unless Answer.</param>
        public static SntpResult Read(byte[] packet, int length, byte[] random, out ulong unixMs)
        {
            unixMs = 0;
            if (length < Length || (packet[0] & ModeMask) != ServerMode || !Returns(packet, random))
            {
                return SntpResult.NotOurs;
            }

            byte stratum = packet[1];
            ulong sentMs = ToUnixMs(packet, TransmitOffset);
            if ((packet[0] & NotSynchronised) == NotSynchronised
                || stratum == 0
                || stratum > StratumMax
                || sentMs < UnixMsMin)
            {
                return SntpResult.NoTime;
            }

            unixMs = sentMs;
            return SntpResult.Answer;
        }

        private static bool Returns(byte[] packet, byte[] random)
        {
            for (int i = 0; i < TimestampLength; i++)
            {
                if (packet[OriginateOffset + i] != random[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static ulong ToUnixMs(byte[] packet, int offset)
        {
            ulong seconds = BigEndian.Read(packet, offset, 4);
            ulong fraction = BigEndian.Read(packet, offset + 4, 4);

            // A clear top bit is the era that begins on 7 February 2036.
            if (seconds < EraSeconds / 2)
            {
                seconds += EraSeconds;
            }

            return (seconds - SecondsTo1970) * 1000 + fraction * 1000 / EraSeconds;
        }
    }
}
