using nanoFramework.Hardware.Esp32;

namespace Helios.Device
{
    /// <summary>
    /// Notices that TLS finds no room any more: the native heap breaks into pieces with each
    /// connection, and only a restart makes it whole again.
    /// </summary>
    public sealed class NativeHeapWatch
    {
        /// <summary>
        /// Bytes in one piece below which a handshake is in danger: its peak is about 40 KB, two
        /// records of 16,717 bytes among it (nanoframework.md, section 5; Home#792).
        /// </summary>
        public const uint LargestBlockBytesMin = 40000;

        /// <summary>Failed attempts in a row before a restart is thought of.</summary>
        public const byte AttemptsMin = 8;

        /// <summary>
        /// No such restart before this uptime, ms: a restart costs impulses, and one that did not
        /// help is not to be repeated before the next day.
        /// </summary>
        public const ulong UptimeMsMin = 86400000;

        private uint _largestBlockBytesAtStart;

        /// <summary>
        /// Before each handshake; the first one of a boot counts, when radio and link have taken
        /// what they need and the heap is as whole as TLS ever finds it.
        /// </summary>
        public void Look()
        {
            if (_largestBlockBytesAtStart == 0)
            {
                _largestBlockBytesAtStart = LargestBlockBytes();
            }
        }

        /// <summary>
        /// True if a restart may help: the heap is in pieces now and was not at the first look.
        /// </summary>
        /// <param name="failedAttempts">Attempts in a row that failed.</param>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        /// <param name="largestBlockBytes">What is left in one piece.</param>
        public bool IsRestartDue(
            byte failedAttempts, ulong uptimeMs, out uint largestBlockBytes)
        {
            largestBlockBytes = LargestBlockBytes();
            return failedAttempts >= AttemptsMin
                && uptimeMs >= UptimeMsMin
                && largestBlockBytes < LargestBlockBytesMin
                && _largestBlockBytesAtStart >= LargestBlockBytesMin;
        }

        private static uint LargestBlockBytes()
        {
            NativeMemory.GetMemoryInfo(
                NativeMemory.MemoryType.Internal, out _, out _, out uint largestBlockBytes);
            return largestBlockBytes;
        }
    }
}
