namespace Helios.Signing
{
    /// <summary>
    /// HMAC-SHA-256 (RFC 2104 with FIPS 180-4). The device has it in its firmware, .NET in its
    /// class library; <see cref="ManagedHmacSha256"/> is for where neither is.
    /// </summary>
    public interface IHmacSha256
    {
        /// <summary>Authenticates <paramref name="data"/> under <paramref name="key"/>.</summary>
        /// <param name="key">
        /// The key, of any length. The callee neither keeps nor changes it.
        /// </param>
        /// <param name="data">The whole message.</param>
        /// <returns>32 bytes in an array of their own, which the caller may clear.</returns>
        byte[] HashData(byte[] key, byte[] data);
    }
}
