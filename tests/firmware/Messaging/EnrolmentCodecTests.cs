using CsCheck;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Tests.Firmware.Messaging;

public class EnrolmentCodecTests
{
    private const ulong Full = (1UL << 48) - 1;

    private static readonly byte[] Signature = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
    private static readonly byte[] Meter = [.. Enumerable.Repeat((byte)0x4E, 20)];
    private static readonly byte[] Owner = [.. Enumerable.Repeat((byte)0x0A, 20)];

    [Fact]
    public void Lays_out_135_bytes_as_it_says()
    {
        byte[] message = new byte[135];
        Enrolment enrolment = new(
            Meter,
            Owner,
            1000,
            11000,
            0x01020304,
            0x111213141516,
            0x212223242526,
            0x313233343536,
            2);

        Assert.Equal(CodecResult.Done, EnrolmentCodec.Encode(enrolment, Signature, message));

        Assert.Equal(
            Convert.ToHexString(Meter) + Convert.ToHexString(Owner) + "000003E8" + "00002AF8"
            + "01020304" + "111213141516" + "212223242526" + "313233343536" + "02"
            + Convert.ToHexString(Signature),
            Convert.ToHexString(message));
    }

    [Fact]
    public void Reads_back_what_it_wrote() =>
        Gen.Select(
            Gen.UInt[1, 100_000],
            Gen.UInt[1, 1_000_000],
            Gen.UInt[1, uint.MaxValue],
            Gen.ULong[0, Full].Array[3],
            Gen.Byte[0, 2],
            Gen.Byte.Array[64])
        .Sample(
            (impulses, power, pagination, registers, assurance, signature) =>
            {
                Enrolment enrolment = new(
                    Meter,
                    Owner,
                    impulses,
                    power,
                    pagination,
                    registers[0],
                    registers[1],
                    registers[2],
                    assurance);
                byte[] message = new byte[135];
                Assert.Equal(
                    CodecResult.Done, EnrolmentCodec.Encode(enrolment, signature, message));
                Assert.Equal(
                    CodecResult.Done,
                    EnrolmentCodec.Decode(message, out Enrolment read, out byte[] readSignature));
                Assert.Equivalent(enrolment, read, strict: true);
                Assert.Equal(signature, readSignature);
            },
            iter: 2000);

    [Theory]
    [InlineData(CodecResult.AddressMissing, 0, 20, 0x00)]
    [InlineData(CodecResult.AddressMissing, 20, 20, 0x00)]
    [InlineData(CodecResult.ConstantOutOfRange, 40, 4, 0x00)]
    [InlineData(CodecResult.ConstantOutOfRange, 40, 4, 0xFF)]
    [InlineData(CodecResult.ConstantOutOfRange, 44, 4, 0x00)]
    [InlineData(CodecResult.ConstantOutOfRange, 44, 4, 0xFF)]
    [InlineData(CodecResult.PaginationZero, 48, 4, 0x00)]
    [InlineData(CodecResult.ConstantOutOfRange, 70, 1, 3)]
    public void Refuses_what_no_meter_signs(CodecResult expected, int offset, int length, int with)
    {
        byte[] message = Encoded();
        Array.Fill(message, (byte)with, offset, length);

        Assert.Equal(
            expected, EnrolmentCodec.Decode(message, out Enrolment read, out byte[] signature));
        Assert.Null(read);
        Assert.Null(signature);
    }

    [Theory]
    [InlineData(Full + 1, 0UL, 0UL)]
    [InlineData(0UL, Full + 1, 0UL)]
    [InlineData(0UL, 0UL, Full + 1)]
    public void Writes_no_register_above_48_bits(ulong export, ulong import, ulong returned)
        => Assert.Equal(
            CodecResult.RegisterOutOfRange,
            EnrolmentCodec.Encode(
                new Enrolment(Meter, Owner, 1000, 1, 1, export, import, returned, 0),
                Signature,
                new byte[135]));

    [Fact]
    public void Carries_128_bytes_of_a_signature_on_P256_in_199()
    {
        byte[] signature = [.. Enumerable.Range(100, 128).Select(static i => (byte)i)];
        byte[] message = new byte[199];
        Enrolment enrolment = new(Meter, Owner, 1000, 11000, 7, 1, 2, 3, 2);

        Assert.Equal(CodecResult.Done, EnrolmentCodec.Encode(enrolment, signature, message));
        Assert.Equal(signature, message[71..]);
        Assert.Equal(
            CodecResult.Done, EnrolmentCodec.Decode(message, out Enrolment read, out byte[] same));
        Assert.Equal(signature, same);
        Assert.Equal((7u, (byte)2), (read.Pagination, read.Assurance));
    }

    [Fact]
    public void Refuses_every_other_length()
    {
        for (int length = 0; length < 300; length++)
        {
            if (length is not 135 and not 199)
            {
                Assert.Equal(
                    length < 135 ? CodecResult.TooShort : CodecResult.TooLong,
                    EnrolmentCodec.Decode(new byte[length], out _, out _));
            }
        }
    }

    private static byte[] Encoded()
    {
        byte[] message = new byte[135];
        Enrolment enrolment = new(Meter, Owner, 1000, 11000, 1, 0, 0, 0, 0);
        Assert.Equal(CodecResult.Done, EnrolmentCodec.Encode(enrolment, Signature, message));
        return message;
    }
}
