using System.Reflection;
using System.Text;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

public sealed class Eip712Tests
{
    // As DESIGN.md has them.
    private const string ReadingText = "Reading(uint32 pagination,uint48 exportWh,uint48 importWh,"
        + "uint48 authorisedWh,uint48 returnedWh,uint40 takenAt,uint16 status)";

    private const string EnrolmentText = "Enrolment(address meter,address owner,"
        + "uint32 impulsesPerKwh,uint32 maxPowerW,uint32 pagination,uint48 exportWh,"
        + "uint48 importWh,uint48 returnedWh,uint8 assurance)";

    private const string OrderText = "SupplyOrder(address meter,uint48 authorisedWh)";

    private const string ControllersText =
        "Controllers(uint32 number,uint8 threshold,address[] controllers)";

    private const string RequestText =
        "OwnerRequest(address meter,uint8 action,uint32 number,uint160 argument)";

    private const string DomainText = "EIP712Domain(string name,string version,uint256 chainId,"
        + "address verifyingContract)";

    private static readonly int[] ReadingBits = [32, 48, 48, 48, 48, 40, 16];

    private static readonly int[] EnrolmentBits = [32, 32, 32, 48, 48, 48, 8];

    [Fact]
    public void Type_hashes_are_those_of_the_texts_in_the_design()
    {
        Assert.Equal(ReadingText, ReadingType.TypeText);
        Assert.Equal(EnrolmentText, EnrolmentType.TypeText);
        Assert.Equal(OrderText, SupplyOrderType.TypeText);
        Assert.Equal(ControllersText, ControllerSetType.TypeText);
        Assert.Equal(RequestText, OwnerRequestType.TypeText);
        Assert.Equal(DomainText, Eip712Domain.TypeText);
        Assert.Equal(Hash(ReadingText), Constant(typeof(ReadingType), "TypeHash"));
        Assert.Equal(Hash(EnrolmentText), Constant(typeof(EnrolmentType), "TypeHash"));
        Assert.Equal(Hash(OrderText), Constant(typeof(SupplyOrderType), "TypeHash"));
        Assert.Equal(Hash(ControllersText), Constant(typeof(ControllerSetType), "TypeHash"));
        Assert.Equal(Hash(RequestText), Constant(typeof(OwnerRequestType), "TypeHash"));
        Assert.Equal(Hash(DomainText), Constant(typeof(Eip712Domain), "TypeHash"));
        Assert.Equal(Hash("Helios"), Constant(typeof(Eip712Domain), "NameHash"));
        Assert.Equal(Hash("1"), Constant(typeof(Eip712Domain), "VersionHash"));
    }

    [Fact]
    public void Digests_of_10000_readings_equal_those_of_bouncy_castle()
    {
        var random = Seeded.Random();
        byte[] digest = new byte[32];
        for (int i = 0; i < 10_000; i++)
        {
            // The edges first: all zero, all at their greatest.
            ulong[] values = [.. ReadingBits.Select(bits => Register(random, bits, i))];
            var reading = new Reading(
                (uint)values[0], values[1], values[2], values[3], values[4], values[5],
                (ushort)values[6]);
            ulong chainId = i < 2 ? ulong.MaxValue : (ulong)random.NextInt64();
            byte[] ledger = random.NextBytes(20);

            new Eip712Digest(new Eip712Domain(chainId, ledger)).OfReading(reading, digest);

            byte[][] members = [.. values.Select(Judge.Word)];
            Assert.Equal(Digest(chainId, ledger, [Hash(ReadingText), .. members]), digest);
        }
    }

    [Fact]
    public void Digests_of_enrolments_equal_those_of_bouncy_castle()
    {
        var random = Seeded.Random();
        byte[] digest = new byte[32];
        for (int i = 0; i < 1_000; i++)
        {
            byte[] meter = random.NextBytes(20), owner = random.NextBytes(20);
            byte[] ledger = random.NextBytes(20);
            ulong[] values = [.. EnrolmentBits.Select(bits => Register(random, bits, i))];
            var enrolment = new Enrolment(
                meter, owner, (uint)values[0], (uint)values[1], (uint)values[2], values[3],
                values[4], values[5], (byte)values[6]);

            new Eip712Digest(new Eip712Domain(1, ledger)).OfEnrolment(enrolment, digest);

            byte[][] members = [.. values.Select(Judge.Word)];
            Assert.Equal(
                Digest(1, ledger,
                    [Hash(EnrolmentText), Judge.Word(meter), Judge.Word(owner), .. members]),
                digest);
        }
    }

    [Fact]
    public void Digests_of_orders_sets_and_requests_equal_those_of_bouncy_castle()
    {
        var random = Seeded.Random();
        byte[] digest = new byte[32];
        for (int i = 0; i < 1_000; i++)
        {
            byte[] meter = random.NextBytes(20), ledger = random.NextBytes(20);
            byte[] argument = random.NextBytes(20);
            byte[][] controllers =
                [.. Enumerable.Range(0, 1 + i % 7).Select(_ => random.NextBytes(20))];
            ulong level = Register(random, 48, i), number = Register(random, 32, i);
            byte small = (byte)Register(random, 8, i);
            Eip712Digest digests = new(new Eip712Domain(1, ledger));

            digests.OfOrder(new SupplyOrder(meter, level), digest);
            Assert.Equal(
                Digest(1, ledger, [Hash(OrderText), Judge.Word(meter), Judge.Word(level)]),
                digest);

            digests.OfControllers(new ControllerSet((uint)number, small, controllers), digest);
            byte[] array = Judge.Keccak([.. controllers.Select(Judge.Word)]);
            Assert.Equal(
                Digest(1, ledger,
                    [Hash(ControllersText), Judge.Word(number), Judge.Word(small), array]),
                digest);

            digests.OfRequest(new OwnerRequest(meter, small, (uint)number, argument), digest);
            Assert.Equal(
                Digest(1, ledger,
                    [Hash(RequestText), Judge.Word(meter), Judge.Word(small), Judge.Word(number),
                        Judge.Word(argument)]),
                digest);
        }
    }

    [Fact]
    public void Signs_the_letter_of_the_cow_as_the_standards_example_does()
    {
        var cow = SharedVectors.Json("eip712-example-cow.json");
        byte[] Bytes(string name)
            => Convert.FromHexString(cow.GetProperty(name).GetString()![2..]);

        var domain = cow.GetProperty("domain");
        var encoder = new Eip712Encoder();

        byte[] separator = new byte[32];
        encoder.Begin(Hash("EIP712Domain(string name,string version,uint256 chainId,"
            + "string httpOrigin,address verifyingContract)"));
        encoder.AppendWord(Hash(domain.GetProperty("name").GetString()!));
        encoder.AppendWord(Hash(domain.GetProperty("version").GetString()!));
        encoder.AppendUint(domain.GetProperty("chainId").GetUInt64());
        encoder.AppendWord(Hash(domain.GetProperty("httpOrigin").GetString()!));
        encoder.AppendAddress(Convert.FromHexString(
            domain.GetProperty("verifyingContract").GetString()![2..]));
        encoder.Finish(separator);
        Assert.Equal(Bytes("domainSeparator"), separator);

        var message = cow.GetProperty("message");
        byte[] letter = new byte[32];
        byte[] from = Person(encoder, message.GetProperty("from"));
        byte[] to = Person(encoder, message.GetProperty("to"));
        encoder.Begin(Bytes("typeHash"));
        encoder.AppendWord(from);
        encoder.AppendWord(to);
        encoder.AppendWord(Hash(message.GetProperty("contents").GetString()!));
        encoder.Finish(letter);
        Assert.Equal(Bytes("structHash"), letter);

        byte[] digest = new byte[32], signature = new byte[64], address = new byte[20];
        new Keccak256().Hash([0x19, 0x01, .. separator, .. letter], digest);
        Assert.Equal(Bytes("digest"), digest);

        var key = new SigningKey(Hash("cow"), new ManagedHmacSha256());
        key.Sign(digest, signature);
        int v = 27 + (signature[32] >> 7);
        signature[32] &= 0x7F;
        key.CopyAddressTo(address, 0);
        Assert.Equal(Bytes("address"), address);
        Assert.Equal(cow.GetProperty("v").GetInt32(), v);
        Assert.Equal([.. Bytes("r"), .. Bytes("s")], signature);
    }

    private static byte[] Person(Eip712Encoder encoder, System.Text.Json.JsonElement person)
    {
        byte[] hash = new byte[32];
        encoder.Begin(Hash("Person(string name,address wallet)"));
        encoder.AppendWord(Hash(person.GetProperty("name").GetString()!));
        encoder.AppendAddress(Convert.FromHexString(
            person.GetProperty("wallet").GetString()![2..]));
        encoder.Finish(hash);
        return hash;
    }

    private static ulong Register(Random random, int bits, int run)
    {
        ulong greatest = ulong.MaxValue >> (64 - bits);
        return run switch
        {
            0 => 0,
            1 => greatest,
            _ => (ulong)random.NextInt64(long.MinValue, long.MaxValue) & greatest,
        };
    }

    private static byte[] Digest(ulong chainId, byte[] ledger, byte[][] words)
    {
        byte[] separator = Judge.Keccak(
            Hash(DomainText), Hash("Helios"), Hash("1"), Judge.Word(chainId), Judge.Word(ledger));
        return Judge.Keccak([0x19, 0x01], separator, Judge.Keccak(words));
    }

    private static byte[] Hash(string text) => Judge.Keccak(Encoding.ASCII.GetBytes(text));

    private static byte[] Constant(Type type, string name)
        => (byte[])type.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!
            .GetValue(null)!;
}
