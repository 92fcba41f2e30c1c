using System.Security.Cryptography;
using Helios.Chain;
using Helios.Enrolling;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// A meter's key, on either curve, and what it signs with it, by BouncyCastle, for any domain.
/// </summary>
internal sealed class TestMeter
{
    private readonly SenderKey? _key;
    private readonly P256Key? _element;
    private readonly Eip712Digest _digest;

    public TestMeter(ulong chainId, Address ledger)
        : this(new SenderKey(RandomNumberGenerator.GetBytes(32)), null, chainId, ledger)
    {
    }

    private TestMeter(SenderKey? key, P256Key? element, ulong chainId, Address ledger)
    {
        (_key, _element) = (key, element);
        _digest = new Eip712Digest(new Eip712Domain(chainId, ledger.ToArray()));
    }

    public Address Address => _key?.Address ?? _element!.Address;

    private byte Assurance => (byte)(_element is null ? 0 : 2);

    public Address Owner { get; init; } = new(RandomNumberGenerator.GetBytes(Address.Length));

    public string Topic => $"helios/v1/{Address.ToTopicLevel()}/reading";

    /// <summary>A meter that signs on P-256.</summary>
    public static TestMeter WithElement(ulong chainId, Address ledger) =>
        new(null, new P256Key(), chainId, ledger);

    /// <summary>The same key, signing for another chain or ledger.</summary>
    public TestMeter Elsewhere(ulong chainId, Address ledger) =>
        new(_key, _element, chainId, ledger);

    /// <summary>The 99 bytes of a reading, or 163.</summary>
    public byte[] Sign(uint pagination, ulong exportWh, ulong importWh = 0) => Sign(
        new Reading(pagination, exportWh, importWh, 0, 0, 0, ReadingStatus.TimeUnknown));

    /// <summary>The same of any reading.</summary>
    public byte[] Sign(Reading reading)
    {
        var signature = Sign(_digest.OfReading, reading);
        var signed = new byte[ReadingCodec.ReadingLength + signature.Length];
        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, signature, signed));
        return signed;
    }

    /// <summary>What it signs to be enrolled, or to pass to a new owner.</summary>
    public SignedEnrolment Enrolment(
        Address? owner = null, uint pagination = 1, ulong exportWh = 0, uint maxPowerW = 40_000,
        uint impulsesPerKwh = 1000, byte? assurance = null, ulong importWh = 0,
        ulong returnedWh = 0)
    {
        var said = new Enrolment(
            Address.ToArray(), (owner ?? Owner).ToArray(), impulsesPerKwh, maxPowerW, pagination,
            exportWh, importWh, returnedWh, assurance ?? Assurance);
        return new SignedEnrolment(said, Sign(_digest.OfEnrolment, said));
    }

    private byte[] Sign<T>(Action<T, byte[]> digestOf, T said)
    {
        var digest = new byte[32];
        digestOf(said, digest);
        return _key?.Sign(digest).ToCompact() ?? _element!.Sign(digest);
    }
}
