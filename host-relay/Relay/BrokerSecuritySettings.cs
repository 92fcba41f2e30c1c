using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Helios.Relay;

/// <summary>Reads the files that make the relay's own broker safe in a network of others.</summary>
internal static class BrokerSecuritySettings
{
    private const string CertificateFile = "brokerCertificateFile";
    private const string PasswordFile = "brokerPasswordFile";
    private const string AuthoritiesFile = "brokerClientAuthoritiesFile";

    /// <summary>Null for plain TCP without names, or where a mistake is noted.</summary>
    public static BrokerSecurity? Read(Settings settings)
    {
        var keyFile = settings.TextOrNull("brokerKeyFile");
        var certificate = settings.FromFile(
            CertificateFile,
            "a certificate and its key in PEM, the key perhaps in brokerKeyFile",
            path => Certificate(path, keyFile ?? path));
        var passwords = settings.FromFile(
            PasswordFile,
            "lines that `host-relay password` wrote",
            Helios.Relay.PasswordFile.Read);
        var authorities = settings.FromFile(
            AuthoritiesFile, "certificates of authorities in PEM", Authorities);

        if (settings.TextOrNull(CertificateFile) is not null)
        {
            if (settings.TextOrNull(PasswordFile) is null
                && settings.TextOrNull(AuthoritiesFile) is null)
            {
                settings.Mistake(
                    $"{CertificateFile} alone lets nobody in: name {PasswordFile}, "
                    + $"{AuthoritiesFile} or both.");
            }
        }
        else if (settings.TextOrNull(PasswordFile) is not null
            || settings.TextOrNull(AuthoritiesFile) is not null)
        {
            settings.Mistake(
                $"Passwords and client certificates need TLS: name {CertificateFile} too.");
        }

        return certificate is null
            ? null
            : new BrokerSecurity(
                certificate,
                passwords ?? new Dictionary<string, PasswordHash>(StringComparer.Ordinal),
                authorities ?? []);
    }

    private static X509Certificate2 Certificate(string path, string keyPath)
    {
        using var loaded = X509Certificate2.CreateFromPemFile(path, keyPath);

        // Windows does not serve TLS with a key that is in memory alone.
        return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2Collection Authorities(string path)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities.Count > 0
            ? authorities
            : throw new CryptographicException("it holds no certificate");
    }
}
