using System.Security.Cryptography;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Boards.Virtual;

/// <summary>A board's key, made for this run, with the domain that it signs under.</summary>
public sealed class SoftwareSigner : IReadingSigner
{
    private readonly SigningKey _key;
    private readonly Eip712Digest _digests;
    private readonly byte[] _digest = new byte[SigningKey.DigestLength];

    /// <param name="domain">The deployment for which is signed.</param>
    public SoftwareSigner(Eip712Domain domain)
    {
        var secret = RandomNumberGenerator.GetBytes(SigningKey.SecretLength);
        _key = new SigningKey(secret, new DotnetHmacSha256());
        CryptographicOperations.ZeroMemory(secret);
        _digests = new Eip712Digest(domain);
    }

    /// <summary>The meter's address, 20 bytes.</summary>
    public byte[] Address()
    {
        var address = new byte[SignerAddress.Length];
        _key.CopyAddressTo(address, 0);
        return address;
    }

    /// <inheritdoc/>
    public SigningResult Sign(Reading reading, byte[] signature)
    {
        _digests.OfReading(reading, _digest);
        _key.Sign(_digest, signature);
        return SigningResult.Complete;
    }

    /// <summary>Signs an enrolment.</summary>
    /// <returns>64 bytes, EIP-2098.</returns>
    public byte[] Sign(Enrolment enrolment)
    {
        var signature = new byte[SigningKey.SignatureLength];
        _digests.OfEnrolment(enrolment, _digest);
        _key.Sign(_digest, signature);
        return signature;
    }
}
