using System.Security.Cryptography;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The image's own HMAC-SHA-256. The static call: an HMACSHA256 object keeps the caller's key
    /// and zeroes it when it is disposed.
    /// </summary>
    public sealed class DeviceHmac : IHmacSha256
    {
        /// <inheritdoc/>
        public byte[] HashData(byte[] key, byte[] data)
        {
            return HMACSHA256.HashData(key, data);
        }
    }
}
