using nanoFramework.Runtime.Native;

namespace Helios.Device
{
    /// <summary>
    /// A reset of the whole chip. Not of the interpreter alone: that one leaks the pulse counters.
    /// </summary>
    public sealed class DevicePower : IPower
    {
        /// <inheritdoc/>
        public void Restart()
        {
            Power.RebootDevice(RebootOption.NormalReboot);
        }
    }
}
