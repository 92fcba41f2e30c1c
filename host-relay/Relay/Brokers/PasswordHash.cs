using System.Globalization;
using System.Security.Cryptography;

namespace Helios.Relay;

/// <summary>
/// A salted hash of a password (PBKDF2 with SHA-256). A meter's password is random and long, so few
/// rounds do; a thousand meters that connect again at once must not stop the relay.
/// </summary>
/// <param name="Rounds">Rounds of PBKDF2.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Hash">32 bytes.</param>
public sealed record PasswordHash(int Rounds, byte[] Salt, byte[] Hash)
{
    private const int RoundsNow = 10_000;
    private const int RoundsMax = 10_000_000;
    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>Hashes a new password.</summary>
    public static PasswordHash Of(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return new PasswordHash(RoundsNow, salt, Derive(password, salt, RoundsNow));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null if it is something else.</summary>
    public static PasswordHash? Parse(string text)
    {
        var parts = text.Split('$');
        return parts.Length == 3
            && int.TryParse(
                parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds)
            && rounds is > 0 and <= RoundsMax
            && Chain.Hex.TryParse(parts[1], out var salt)
            && Chain.Hex.TryParse(parts[2], out var hash) && hash.Length == HashLength
                ? new PasswordHash(rounds, salt, hash)
                : null;
    }

    /// <summary>Whether this is the hash of a password; takes the same time if it is not.</summary>
    public bool IsOf(ReadOnlySpan<byte> password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Rounds), Hash);

    /// <summary>Rounds, salt and hash in one line.</summary>
    public override string ToString() =>
        $"{Rounds}${Convert.ToHexStringLower(Salt)}${Convert.ToHexStringLower(Hash)}";

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(
            password, salt, rounds, HashAlgorithmName.SHA256, HashLength);
}
