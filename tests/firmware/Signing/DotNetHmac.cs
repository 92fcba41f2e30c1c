using System.Security.Cryptography;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

internal sealed class DotNetHmac : IHmacSha256
{
    public byte[] HashData(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
}
