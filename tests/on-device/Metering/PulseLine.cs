using Helios.Metering;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>A hardware counter whose next reading can be made wrong.</summary>
    internal sealed class PulseLine : IPulseCounter
    {
        private ulong _errorOfNext;

        public ulong Count { get; set; }

        /// <summary>The next reading, and only that, is off by this, modulo 2^64.</summary>
        public void MisreadNext(ulong error)
        {
            _errorOfNext = error;
        }

        public ulong Read()
        {
            ulong read = Count + _errorOfNext;
            _errorOfNext = 0;
            return read;
        }
    }
}
