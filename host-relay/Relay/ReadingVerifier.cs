using System.Buffers;
using Helios.Chain;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Relay;

/// <summary>
/// Checks a message without asking anybody: topic, length, fields, signer. Recovering the signer
/// is by far the dearest step, so it comes last. Not for several threads at once.
/// </summary>
internal sealed class ReadingVerifier
{
    private const int DigestLength = 32;

    private readonly Eip712Digest _digest;
    private readonly byte[] _hash = new byte[DigestLength];

    /// <param name="chainId">The chain that readings must be signed for.</param>
    /// <param name="ledger">The ledger that readings must be signed for.</param>
    public ReadingVerifier(ulong chainId, Address ledger)
    {
        _digest = new Eip712Digest(DomainOf(chainId, ledger));
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
        return length == ReadingCodec.Length;
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
        _digest.OfReading(reading, _hash);
        var isTheMeters =
            RecoverableSignature.FromCompact(signature).TryRecover(_hash, out var signer)
            && signer == meter;
        return isTheMeters ? new VerifiedReading(meter, reading, signed) : null;
    }
}
