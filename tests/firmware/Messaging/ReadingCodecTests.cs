using CsCheck;
using Helios.Messaging;
using Helios.Metering;

namespace Helios.Tests.Firmware.Messaging;

public class ReadingCodecTests
{
    private const ulong Full = (1UL << 48) - 1;
    private const ulong LastQuarterHour = ((1UL << 40) - 1) / 900 * 900;

    private static readonly byte[] Signature = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];

    [Fact]
    public void Lays_out_ninety_nine_bytes_as_the_design_says()
    {
        Reading reading = new(
            0x01020304,
            0x111213141516,
            0x212223242526,
            0x313233343536,
            0x414243444546,
            900,
            0x0102);
        byte[] message = new byte[99];

        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, Signature, message));

        Assert.Equal(
            "01020304" + "111213141516" + "212223242526" + "313233343536" + "414243444546"
            + "0000000384" + "0102" + Convert.ToHexString(Signature),
            Convert.ToHexString(message));
    }

    [Fact]
    public void Reads_back_what_it_wrote() =>
        Gen.Select(
            Gen.UInt[1, uint.MaxValue],
            Gen.ULong[0, Full].Array[4],
            Gen.ULong[0, LastQuarterHour / 900],
            Gen.UShort[0, 0x1FF],
            Gen.Byte.Array[64])
        .Sample(
            (pagination, registers, quarters, status, signature) =>
            {
                byte[] message = new byte[99];
                Reading reading = new(
                    pagination,
                    registers[0],
                    registers[1],
                    registers[2],
                    registers[3],
                    quarters * 900,
                    status);
                Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, signature, message));
                Assert.Equal(
                    CodecResult.Done,
                    ReadingCodec.Decode(message, out Reading read, out byte[] readSignature));
                Assert.Equivalent(reading, read, strict: true);
                Assert.Equal(signature, readSignature);
            },
            iter: 2000);

    [Theory]
    [InlineData(1U, 0UL, 0UL)]
    [InlineData(uint.MaxValue, uint.MaxValue - 1UL, 900UL)]
    [InlineData(2U, uint.MaxValue, 0UL)]
    [InlineData(2U, uint.MaxValue + 1UL, 0UL)]
    [InlineData(2U, uint.MaxValue + 2UL, 0UL)]
    [InlineData(2U, Full - 1, LastQuarterHour)]
    [InlineData(2U, Full, LastQuarterHour)]
    public void Carries_the_edges_of_every_field(uint pagination, ulong registerWh, ulong takenAt)
    {
        Reading reading = new(
            pagination, registerWh, registerWh, registerWh, registerWh, takenAt, 0x01FF);
        byte[] message = new byte[99];

        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, Signature, message));
        Assert.Equal(CodecResult.Done, ReadingCodec.Decode(message, out Reading read, out _));
        Assert.Equivalent(reading, read, strict: true);
    }

    public static TheoryData<CodecResult, Reading> OutOfRange => new()
    {
        { CodecResult.PaginationZero, new Reading(0, 1, 1, 1, 1, 900, 0) },
        { CodecResult.RegisterOutOfRange, new Reading(1, Full + 1, 1, 1, 1, 900, 0) },
        { CodecResult.RegisterOutOfRange, new Reading(1, 1, Full + 1, 1, 1, 900, 0) },
        { CodecResult.RegisterOutOfRange, new Reading(1, 1, 1, Full + 1, 1, 900, 0) },
        { CodecResult.RegisterOutOfRange, new Reading(1, 1, 1, 1, Full + 1, 900, 0) },
        { CodecResult.TakenAtOutOfRange, new Reading(1, 1, 1, 1, 1, LastQuarterHour + 900, 0) },
        { CodecResult.TakenAtOutOfRange, new Reading(1, 1, 1, 1, 1, 899, 0) },
        { CodecResult.StatusOutOfRange, new Reading(1, 1, 1, 1, 1, 900, 0x0200) },
        { CodecResult.StatusOutOfRange, new Reading(1, 1, 1, 1, 1, 900, 0x8000) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Writes_nothing_out_of_range(CodecResult expected, Reading reading)
    {
        byte[] message = new byte[99];

        Assert.Equal(expected, ReadingCodec.Encode(reading, Signature, message));
        Assert.Equal(new byte[99], message);
    }

    [Theory]
    [InlineData(CodecResult.PaginationZero, 3, 1)]
    [InlineData(CodecResult.TakenAtOutOfRange, 32, 0x01)]
    [InlineData(CodecResult.StatusOutOfRange, 33, 0x02)]
    public void Reads_nothing_out_of_range(CodecResult expected, int index, byte flip)
    {
        byte[] message = new byte[99];
        ReadingCodec.Encode(new Reading(1, 5, 5, 5, 5, 900, 0), Signature, message);
        message[index] ^= flip;

        Assert.Equal(
            expected, ReadingCodec.Decode(message, out Reading reading, out byte[] signature));
        Assert.Null(reading);
        Assert.Null(signature);
    }

    [Fact]
    public void Refuses_every_length_but_99_and_163()
    {
        for (int length = 0; length <= 1024; length++)
        {
            CodecResult expected = length < 99 ? CodecResult.TooShort : CodecResult.TooLong;
            if (length is not 99 and not 163)
            {
                Assert.Equal(expected, ReadingCodec.Decode(new byte[length], out _, out _));
            }
        }

        Assert.Equal(
            CodecResult.TooLong, ReadingCodec.Decode(new byte[1 << 20], out _, out _));
    }

    [Fact]
    public void Carries_128_bytes_of_a_signature_on_P256_in_163()
    {
        byte[] signature = [.. Enumerable.Range(100, 128).Select(static i => (byte)i)];
        byte[] message = new byte[163];
        Reading reading = new(1, 2, 3, 4, 5, 900, 1);

        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, signature, message));
        Assert.Equal(signature, message[35..]);
        Assert.Equal(
            CodecResult.Done, ReadingCodec.Decode(message, out Reading read, out byte[] same));
        Assert.Equal(signature, same);
        Assert.Equal((1u, 2UL, 5UL), (read.Pagination, read.ExportWh, read.ReturnedWh));
    }

    [Fact]
    public void Refuses_every_truncation_of_a_valid_message()
    {
        byte[] message = new byte[99];
        ReadingCodec.Encode(new Reading(1, 5, 5, 5, 5, 900, 0), Signature, message);
        for (int length = 0; length < 99; length++)
        {
            Assert.Equal(
                CodecResult.TooShort, ReadingCodec.Decode(message[..length], out _, out _));
            Assert.Equal(
                CodecResult.TooShort, ReadingCodec.Decode(message[^length..], out _, out _));
        }
    }

    [Theory]
    [InlineData(63, 99, CodecResult.TooShort)]
    [InlineData(65, 99, CodecResult.TooLong)]
    [InlineData(64, 98, CodecResult.TooShort)]
    [InlineData(64, 100, CodecResult.TooLong)]
    [InlineData(127, 163, CodecResult.TooLong)]
    [InlineData(129, 163, CodecResult.TooLong)]
    [InlineData(128, 162, CodecResult.TooShort)]
    [InlineData(128, 164, CodecResult.TooLong)]
    [InlineData(128, 99, CodecResult.TooShort)]
    [InlineData(64, 163, CodecResult.TooLong)]
    public void Writes_into_exactly_as_many_bytes_as_the_signature_asks_for(
        int signatureLength, int messageLength, CodecResult expected)
    {
        Reading reading = new(1, 5, 5, 5, 5, 900, 0);

        Assert.Equal(
            expected,
            ReadingCodec.Encode(reading, new byte[signatureLength], new byte[messageLength]));
    }
}
