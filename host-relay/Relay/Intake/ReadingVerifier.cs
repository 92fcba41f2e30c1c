using System.Buffers;
using System.Collections.Concurrent;
using Helios.Chain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Relay;

/// <summary>
/// Checks a message without asking anybody: topic, length, fields, signer. Recovering the signer
/// is by far the dearest step, so it comes last. For several threads at once.
/// </summary>
internal sealed class ReadingVerifier
{
    private const int DigestLength = 32;

    // The firmware's hash keeps its state: as many are kept as threads ever verified at once.
    private readonly ConcurrentBag<Eip712Digest> _digests = [];
    private readonly Eip712Domain _domain;
    private readonly Libsecp256k1? _library;

    /// <param name="chainId">The chain that readings must be signed for.</param>
    /// <param name="ledger">The ledger that readings must be signed for.</param>
    /// <param name="library">Recovers signers on secp256k1; null leaves it to BouncyCastle.</param>
    public ReadingVerifier(ulong chainId, Address ledger, Libsecp256k1? library)
    {
        _domain = DomainOf(chainId, ledger);
        _library = library;
    }

    /// <summary>The EIP-712 domain of a deployment.</summary>
    public static Eip712Domain DomainOf(ulong chainId, Address ledger) =>
        new(chainId, ledger.ToArray());

    /// <summary>Whether topic and length are those of a reading; looks at no byte of it.</summary>
    public static bool MayBeReading(string topic, long length, out RefusalReason reason)
    {
        reason = RefusalReason.WrongTopic;
        if (Topics.Parse(topic, out _) != TopicKind.Reading)
        {
            return false;
        }

        reason = RefusalReason.WrongLength;
        return length is ReadingCodec.Length or ReadingCodec.LengthP256;
    }

    /// <summary>The reading, or null and the reason.</summary>
    public VerifiedReading? Verify(
        string topic, in ReadOnlySequence<byte> payload, out RefusalReason reason)
    {
        if (!MayBeReading(topic, payload.Length, out reason))
        {
            return null;
        }

        reason = RefusalReason.Malformed;
        var signed = payload.ToArray();
        if (ReadingCodec.Decode(signed, out var reading, out var signature) != CodecResult.Done)
        {
            return null;
        }

        reason = RefusalReason.WrongSigner;
        Topics.Parse(topic, out var named);
        var meter = new Address(named);
        return MeterSignature.SignerOf(signature, DigestOf(reading), _library) == meter
            ? new VerifiedReading(meter, reading, signed)
            : null;
    }

    private byte[] DigestOf(Reading reading)
    {
        if (!_digests.TryTake(out var digest))
        {
            digest = new Eip712Digest(_domain);
        }

        var hash = new byte[DigestLength];
        digest.OfReading(reading, hash);
        _digests.Add(digest);
        return hash;
    }
}
