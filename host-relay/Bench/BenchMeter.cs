using System.Security.Cryptography;
using Helios.Chain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Relay;
using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Bench;

/// <summary>
/// A meter that signs fast enough to load a relay beside it: with one nonce for all its readings.
/// That gives its key away, which is worth nothing, and costs who checks the signature as much as
/// any other.
/// </summary>
internal sealed class BenchMeter
{
    private const int SecretLength = 32;

    private readonly SenderKey _key;
    private readonly Eip712Digest _digest;
    private readonly BigInteger _secretTimesR;
    private readonly BigInteger _nonceInverse;
    private readonly byte[] _r;
    private readonly int _yParity;
    private uint _pagination;

    /// <param name="chainId">The chain that it signs for.</param>
    /// <param name="ledger">The ledger that it signs for.</param>
    public BenchMeter(ulong chainId, Address ledger)
    {
        var (secret, nonce) = (NewSecret(), NewSecret());
        var point = Secp256k1.MultiplyBase(nonce);
        var r = point.AffineXCoord.ToBigInteger();
        _key = new SenderKey(Secp256k1.Fixed32(secret));
        _digest = new Eip712Digest(ReadingVerifier.DomainOf(chainId, ledger));
        _secretTimesR = secret.Multiply(r);
        _nonceInverse = nonce.ModInverse(Secp256k1.N);
        _r = Secp256k1.Fixed32(r);
        _yParity = point.AffineYCoord.TestBitZero() ? 1 : 0;
    }

    /// <summary>Its address.</summary>
    public Address Address => _key.Address;

    /// <summary>Its consent to be enrolled, and the signature.</summary>
    public (Enrolment Enrolment, byte[] Signature) Enrolment(Address owner, uint maxPowerW)
    {
        var enrolment = new Enrolment(
            Address.ToArray(), owner.ToArray(), 1000, maxPowerW, 0, 0, 0, 0, 0);
        var digest = new byte[SecretLength];
        _digest.OfEnrolment(enrolment, digest);
        return (enrolment, _key.Sign(digest).ToCompact());
    }

    /// <summary>The next reading, with this export register.</summary>
    public VerifiedReading Next(ulong exportWh)
    {
        var reading = new Reading(
            ++_pagination, exportWh, 0, 0, 0, 0, ReadingStatus.TimeUnknown);
        var digest = new byte[SecretLength];
        _digest.OfReading(reading, digest);
        var s = _nonceInverse
            .Multiply(new BigInteger(1, digest).Add(_secretTimesR)).Mod(Secp256k1.N);
        var isHigh = s.CompareTo(Secp256k1.HalfN) > 0;
        var signature = new RecoverableSignature(
            _r,
            Secp256k1.Fixed32(isHigh ? Secp256k1.N.Subtract(s) : s),
            isHigh ? 1 - _yParity : _yParity);
        var signed = new byte[ReadingCodec.Length];
        ReadingCodec.Encode(reading, signature.ToCompact(), signed);
        return new VerifiedReading(Address, reading, signed);
    }

    private static BigInteger NewSecret()
    {
        byte[] secret;
        do
        {
            secret = RandomNumberGenerator.GetBytes(SecretLength);
        }
        while (!SenderKey.IsValid(secret));

        return new BigInteger(1, secret);
    }
}
