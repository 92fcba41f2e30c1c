using CsCheck;
using Helios.Messaging;

namespace Helios.Tests.Firmware.Messaging;

public class AcknowledgementCodecTests
{
    [Fact]
    public void Lays_out_eight_bytes_as_the_design_says() => Assert.Equal(
        "01020304A1A2A3A4",
        Convert.ToHexString(
            AcknowledgementCodec.Encode(new Acknowledgement(0x01020304, 0xA1A2A3A4))));

    [Fact]
    public void Reads_back_what_it_wrote() => Gen.Select(Gen.UInt, Gen.UInt).Sample(
        (stored, accepted) =>
        {
            byte[] message = AcknowledgementCodec.Encode(new Acknowledgement(stored, accepted));
            CodecResult result = AcknowledgementCodec.Decode(message, out Acknowledgement read);
            return result == CodecResult.Done
                && read.StoredPagination == stored
                && read.AcceptedPagination == accepted;
        });

    [Fact]
    public void Refuses_every_length_but_eight()
    {
        for (int length = 0; length <= 99; length++)
        {
            CodecResult expected = length < 8 ? CodecResult.TooShort : CodecResult.TooLong;
            if (length != 8)
            {
                Assert.Equal(expected, AcknowledgementCodec.Decode(new byte[length], out _));
            }
        }
    }
}
