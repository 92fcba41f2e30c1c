using System.Security.Cryptography;
using Helios.Signing;

namespace Helios.Boards.Simulated;

/// <summary>
/// The HMAC of .NET's class library, as the device's package has one of the same name.
/// </summary>
public sealed class DotnetHmacSha256 : IHmacSha256
{
    /// <inheritdoc/>
    public byte[] HashData(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
}
