using System;
using nanoFramework.Runtime.Native;

namespace Helios.Device
{
    /// <summary>The chip's clock, which mbedTLS reads.</summary>
    public sealed class SystemClock : ISystemClock
    {
        /// <inheritdoc/>
        public void Adjust(ulong unixMs)
        {
            // 32 bits of seconds last until 2106.
            uint unixSeconds = (uint)(unixMs / 1000);
            Rtc.SetSystemTime(DateTime.FromUnixTimeSeconds(unixSeconds));
        }
    }
}
