using CsCheck;
using Helios.Messaging;
using Helios.Signing;

namespace Helios.Tests.Firmware.Messaging;

/// <summary>Orders, sets of controllers and owners' requests as bytes.</summary>
public class SupplyCodecTests
{
    private const ulong Full = (1UL << 48) - 1;

    private static readonly byte[] Signature = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];
    private static readonly byte[] Meter = Address(0x4E);

    [Fact]
    public void Lays_out_an_order_in_70_bytes_as_the_design_says()
    {
        byte[] message = new byte[70];

        Assert.Equal(
            CodecResult.Done,
            SupplyOrderCodec.Encode(new(Meter, 0x010203040506), Signature, message));

        Assert.Equal(
            "010203040506" + Convert.ToHexString(Signature), Convert.ToHexString(message));
    }

    [Fact]
    public void Lays_out_a_request_in_89_bytes_as_the_design_says()
    {
        byte[] message = new byte[89];
        OwnerRequest request = new(Meter, OwnerRequest.Return, 0x01020304, Address(0xA5));

        Assert.Equal(CodecResult.Done, OwnerRequestCodec.Encode(request, Signature, message));

        Assert.Equal(
            "02" + "01020304" + Convert.ToHexString(Address(0xA5)) + Convert.ToHexString(Signature),
            Convert.ToHexString(message));
    }

    [Fact]
    public void Lays_out_a_set_of_controllers_as_the_design_says()
    {
        ControllerSet set = new(9, 2, [Address(1), Address(2), Address(3)]);

        Assert.Equal(
            CodecResult.Done,
            ControllerSetCodec.Encode(set, [Signature, Signature], out byte[] message));

        Assert.Equal(
            "0203" + Convert.ToHexString([.. Address(1), .. Address(2), .. Address(3)])
            + Convert.ToHexString([.. Signature, .. Signature]),
            Convert.ToHexString(message));
    }

    [Fact]
    public void Reads_back_the_orders_and_requests_that_it_wrote() =>
        Gen.Select(Gen.ULong[0, Full], Gen.Byte[1, 4], Gen.UInt[1, uint.MaxValue],
            Gen.Byte.Array[20], Gen.Byte.Array[64])
        .Sample((level, action, number, argument, signature) =>
        {
            byte[] message = new byte[70];
            SupplyOrder order = new(Meter, level);
            Assert.Equal(CodecResult.Done, SupplyOrderCodec.Encode(order, signature, message));
            Assert.Equal(CodecResult.Done, SupplyOrderCodec.Decode(
                message, Meter, out SupplyOrder readOrder, out byte[] readSignature));
            Assert.Equivalent(order, readOrder, strict: true);
            Assert.Equal(signature, readSignature);

            message = new byte[89];
            OwnerRequest request = new(Meter, action, number, argument);
            Assert.Equal(CodecResult.Done, OwnerRequestCodec.Encode(request, signature, message));
            Assert.Equal(CodecResult.Done, OwnerRequestCodec.Decode(
                message, Meter, out OwnerRequest readRequest, out readSignature));
            Assert.Equivalent(request, readRequest, strict: true);
            Assert.Equal(signature, readSignature);
        });

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(3, 5, 7)]
    [InlineData(7, 7, 7)]
    public void Reads_back_the_sets_that_it_wrote(byte threshold, int count, int signers)
    {
        ControllerSet set = new(5, threshold, Addresses(count));
        byte[][] signatures = [.. Enumerable.Repeat(Signature, signers)];

        Assert.Equal(
            CodecResult.Done, ControllerSetCodec.Encode(set, signatures, out byte[] message));
        Assert.Equal(CodecResult.Done, ControllerSetCodec.Decode(
            message, 5, out ControllerSet read, out byte[][] readSignatures));
        Assert.Equivalent(set, read, strict: true);
        Assert.Equal(signatures, readSignatures);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 8)]
    public void Writes_and_reads_no_set_out_of_its_limits(byte threshold, int count)
    {
        byte[][] addresses = Addresses(count);

        Assert.Equal(
            CodecResult.ControllersOutOfRange,
            ControllerSetCodec.Encode(new(1, threshold, addresses), [Signature], out _));
        byte[] message =
            [threshold, (byte)count, .. addresses.SelectMany(bytes => bytes), .. Signature];
        Assert.Equal(
            CodecResult.ControllersOutOfRange,
            ControllerSetCodec.Decode(message, 1, out ControllerSet read, out byte[][] signatures));
        Assert.Null(read);
        Assert.Null(signatures);
    }

    [Fact]
    public void Reads_no_set_whose_addresses_are_zero_or_do_not_ascend()
    {
        foreach (byte[][] addresses in
            new byte[][][] { [Address(0)], [Address(2), Address(1)], [Address(1), Address(1)] })
        {
            byte[] message =
                [1, (byte)addresses.Length, .. addresses.SelectMany(bytes => bytes), .. Signature];
            Assert.Equal(
                CodecResult.ControllersOutOfRange,
                ControllerSetCodec.Decode(message, 1, out _, out _));
        }
    }

    [Fact]
    public void Reads_no_other_length_of_a_set()
    {
        ControllerSet set = new(1, 1, [Address(1), Address(2)]);
        ControllerSetCodec.Encode(set, [Signature], out byte[] whole);
        for (int length = 0; length < 2 * ControllerSetCodec.LengthMax; length++)
        {
            byte[] message = [.. whole.Concat(new byte[length]).Take(length)];
            bool isWhole = length >= whole.Length
                && (length - whole.Length) % 64 == 0
                && (length - whole.Length) / 64 < 7;
            Assert.Equal(
                isWhole,
                ControllerSetCodec.Decode(message, 1, out _, out _) == CodecResult.Done);
        }
    }

    [Fact]
    public void Reads_no_other_length_of_an_order_or_a_request()
    {
        for (int length = 0; length < 200; length++)
        {
            if (length != 70)
            {
                Assert.Equal(
                    length < 70 ? CodecResult.TooShort : CodecResult.TooLong,
                    SupplyOrderCodec.Decode(new byte[length], Meter, out _, out _));
            }

            if (length != 89)
            {
                Assert.Equal(
                    length < 89 ? CodecResult.TooShort : CodecResult.TooLong,
                    OwnerRequestCodec.Decode(new byte[length], Meter, out _, out _));
            }
        }
    }

    [Theory]
    [InlineData(0, 1U)]
    [InlineData(5, 1U)]
    [InlineData(1, 0U)]
    public void Writes_and_reads_no_request_without_a_meaning(byte action, uint number)
    {
        byte[] message = new byte[89];
        message[0] = action;
        message[4] = (byte)number;

        Assert.Equal(
            CodecResult.RequestOutOfRange,
            OwnerRequestCodec.Encode(new(Meter, action, number, Address(0)), Signature, message));
        Assert.Equal(
            CodecResult.RequestOutOfRange,
            OwnerRequestCodec.Decode(message, Meter, out OwnerRequest read, out _));
        Assert.Null(read);
    }

    [Fact]
    public void Writes_no_order_above_48_bits()
        => Assert.Equal(
            CodecResult.RegisterOutOfRange,
            SupplyOrderCodec.Encode(new(Meter, Full + 1), Signature, new byte[70]));

    private static byte[] Address(byte with) => [.. Enumerable.Repeat(with, 20)];

    private static byte[][] Addresses(int count)
        => [.. Enumerable.Range(1, count).Select(i => Address((byte)i))];
}
