using System.Security.Cryptography;
using Helios.Chain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>A meter's key and its registers; signs with BouncyCastle, for any domain.</summary>
internal sealed class TestMeter
{
    private readonly SenderKey _key = new(RandomNumberGenerator.GetBytes(32));
    private readonly Eip712Digest _digest;

    public TestMeter(ulong chainId, Address ledger)
    {
        _digest = new Eip712Digest(new Eip712Domain(chainId, ledger.ToArray()));
    }

    private TestMeter(SenderKey key, ulong chainId, Address ledger)
        : this(chainId, ledger)
    {
        _key = key;
    }

    public Address Address => _key.Address;

    public Address Owner { get; init; } = new(RandomNumberGenerator.GetBytes(Address.Length));

    public string Topic => $"helios/v1/{Address.ToTopicLevel()}/reading";

    /// <summary>The same key, signing for another chain or ledger.</summary>
    public TestMeter Elsewhere(ulong chainId, Address ledger) => new(_key, chainId, ledger);

    /// <summary>The 99 bytes of a reading.</summary>
    public byte[] Sign(uint pagination, ulong exportWh, ulong importWh = 0)
    {
        var reading = new Reading(
            pagination, exportWh, importWh, 0, 0, 0, ReadingStatus.TimeUnknown);
        var digest = new byte[32];
        _digest.OfReading(reading, digest);
        var signed = new byte[ReadingCodec.Length];
        Assert.Equal(
            CodecResult.Done,
            ReadingCodec.Encode(reading, _key.Sign(digest).ToCompact(), signed));
        return signed;
    }

    /// <summary>The signature with which the meter consents to its enrolment.</summary>
    public byte[] Sign(Enrolment enrolment)
    {
        var digest = new byte[32];
        _digest.OfEnrolment(enrolment, digest);
        return _key.Sign(digest).ToCompact();
    }
}
