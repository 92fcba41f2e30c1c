using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

/// <summary>
/// The digests and signatures that contracts/test/Vectors.t.sol holds too: alloy and cast made
/// them, the ledger accepts them, and the firmware must make the same bytes.
/// </summary>
public sealed class AgreedDigestTests
{
    private static readonly byte[] Ledger =
        Convert.FromHexString("5FbDB2315678afecb367f032d93F642f64180aa3");

    private readonly Eip712Domain _domain = new(31337, Ledger);
    private readonly byte[] _digest = new byte[32];
    private readonly byte[] _signature = new byte[64];
    private readonly SigningKey _key =
        new([.. Enumerable.Repeat((byte)0x46, 32)], new DotNetHmac());

    [Fact]
    public void The_domain_separator_is_the_ledgers()
    {
        var separator = new byte[32];
        _domain.CopySeparatorTo(separator, 0);

        AssertHex("e33846170b32233af45f516e3fb134ce36a50c1c8d0e254256cd5df620286e94", separator);
    }

    [Fact]
    public void A_reading_has_the_digest_and_the_signature_of_cast()
    {
        var reading = new Reading(
            16909060, 20002500, 31234767, 31500000, 4711, 1767226500, status: 10);

        Sign(reading);

        AssertHex("a0cb3a808d992587fceb61679fdcd8e9e4bcdda2288e7b27e67f945e7b3d8635", _digest);
        AssertHex(
            "733828150c7607718f3390acb9118f7c62e92fc6e3bfb658eb31334a8237ad87"
            + "2a1bb62236a14870c57e0219993441d162585bee21c7123069fedc03d2792572",
            _signature);
    }

    [Fact]
    public void A_reading_with_every_register_full_has_the_digest_and_the_signature_of_cast()
    {
        const ulong Full = Reading.RegisterWhMax;

        Sign(new Reading(
            uint.MaxValue, Full, Full, Full, Full, Reading.TakenAtMax, ushort.MaxValue));

        AssertHex("322e5288f0517ba73e1403d23bdc1d52114b7cfff0336aa754622db029e13b41", _digest);
        AssertHex(
            "f7921577d96a0e10195f81850586c8805a9b4cd845834e45387d9e4e1dcc81b2"
            + "0d5291ec759fa6719f17395204a3637a7cef08eb4a1b20cda66394ded16fc1e2",
            _signature);
    }

    [Fact]
    public void An_enrolment_has_the_digest_and_the_signature_of_cast()
    {
        var meter = new byte[SignerAddress.Length];
        _key.CopyAddressTo(meter, 0);
        var enrolment = new Enrolment(
            meter,
            Convert.FromHexString("70997970C51812dc3A010C7d01b50e0d17dc79C8"),
            1000, 17250, 42, 20000500, 31234567, 4711, Enrolment.EncryptedFlash);

        new Eip712Digest(_domain).OfEnrolment(enrolment, _digest);
        _key.Sign(_digest, _signature);

        AssertHex("9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f", meter);
        AssertHex("c95cb7e42c1b3bfb98b3c317727e41687a46a124114a55245f287eacdc4a1d85", _digest);
        AssertHex(
            "d781d21c137bacec66826ef2f37b31841a0421327c55634dfea7a845e4362ed3"
            + "b2164d516ad8fa6d6258feb93f4ed08bc038adae796e19e0b557c58014e78fb5",
            _signature);
    }

    [Fact]
    public void A_supply_order_has_the_signature_of_cast()
    {
        new Eip712Digest(_domain).OfOrder(new SupplyOrder(Meter, 31500000), _digest);
        _key.Sign(_digest, _signature);

        AssertHex(
            "db4a45d6334ca4fc1c2603a67b3ec780ddf554c1f786ed6ed1713c43b44df4a0"
            + "3224d431b3d4cc51451e24f6e86c1a70f772ded531297bfd7041a9641848c958",
            _signature);
    }

    [Fact]
    public void A_set_of_controllers_has_the_signature_of_cast()
    {
        ControllerSet set = new(
            7,
            2,
            [
                Convert.FromHexString("3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"),
                Convert.FromHexString("70997970C51812dc3A010C7d01b50e0d17dc79C8"),
                Convert.FromHexString("90F79bf6EB2c4f870365E785982E1f101E93b906"),
            ]);

        new Eip712Digest(_domain).OfControllers(set, _digest);
        _key.Sign(_digest, _signature);

        AssertHex(
            "febb818dcb89c0ad66b9d2fd7e46c3a64b6c5d408ace5f3cc55c87b59946abfa"
            + "93506d03cc51abc9c924d7de2fd12edc43826e70a1e11675777189230cb8ba82",
            _signature);
    }

    [Fact]
    public void An_owners_request_has_the_signature_of_cast()
    {
        byte[] argument = new byte[20];
        BigEndian.Write(argument, 12, 8, 31500000);

        new Eip712Digest(_domain).OfRequest(
            new OwnerRequest(Meter, OwnerRequest.Return, 16909060, argument), _digest);
        _key.Sign(_digest, _signature);

        AssertHex(
            "3eab292264ae7ed80a38db751415ea0be6b4b1188d5c5d3470ebc70c8e98803b"
            + "1d11c3c6f12c05e7be90ab3b225657bafe60fb66d781fd3a939eb49b331441c5",
            _signature);
    }

    private static byte[] Meter { get; } =
        Convert.FromHexString("9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f");

    private void Sign(Reading reading)
    {
        new Eip712Digest(_domain).OfReading(reading, _digest);
        _key.Sign(_digest, _signature);
    }

    private static void AssertHex(string expected, byte[] actual) =>
        Assert.Equal(expected, Convert.ToHexStringLower(actual));
}
