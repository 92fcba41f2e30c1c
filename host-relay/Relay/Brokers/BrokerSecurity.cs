using System.Security.Cryptography.X509Certificates;

namespace Helios.Relay;

/// <summary>
/// TLS for the relay's own broker, and how clients say who they are: by a password, by a
/// certificate, or by either. The name of a meter is its address in 40 lower-case hex digits.
/// </summary>
/// <param name="Certificate">The broker's certificate with its secret key.</param>
/// <param name="Passwords">What each user's password hashes to; empty for no passwords.</param>
/// <param name="ClientAuthorities">
/// Who may vouch for clients; a client's name is its certificate's CN. Empty for no certificates.
/// </param>
public sealed record BrokerSecurity(
    X509Certificate2 Certificate,
    IReadOnlyDictionary<string, PasswordHash> Passwords,
    X509Certificate2Collection ClientAuthorities)
{
    /// <summary>
    /// The name in a client's certificate, or null if nobody trusted vouches or a meter's is spelt
    /// otherwise.
    /// </summary>
    public string? NameIn(X509Certificate? certificate)
    {
        if (certificate is not X509Certificate2 presented || ClientAuthorities.Count == 0)
        {
            return null;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(ClientAuthorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        var name = presented.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return chain.Build(presented) && !TopicRule.IsMisspelt(name) ? name : null;
    }

    /// <summary>Whether a user's password is the right one.</summary>
    public bool Knows(string? user, ReadOnlySpan<byte> password) =>
        user is not null && Passwords.TryGetValue(user, out var hash) && hash.IsOf(password);
}
