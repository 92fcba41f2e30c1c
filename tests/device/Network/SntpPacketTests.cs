using System.Buffers.Binary;
using Helios.Device;

namespace Helios.Tests.Device.Network;

public class SntpPacketTests
{
    private static readonly byte[] Asked = [1, 2, 3, 4, 5, 6, 7, 8];

    /// <summary>A server's answer of RFC 4330, made by .NET's own date arithmetic.</summary>
    internal static byte[] Answer(byte[] request, DateTimeOffset sentAt)
    {
        var packet = new byte[SntpPacket.Length];
        packet[0] = 0x24;
        packet[1] = 2;
        request.AsSpan(40, 8).CopyTo(packet.AsSpan(24));
        var era = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var milliseconds = (ulong)(sentAt - era).TotalMilliseconds;
        BinaryPrimitives.WriteUInt32BigEndian(
            packet.AsSpan(40), unchecked((uint)(milliseconds / 1000)));
        BinaryPrimitives.WriteUInt32BigEndian(
            packet.AsSpan(44), (uint)(((milliseconds % 1000) << 32) / 1000));
        return packet;
    }

    [Theory]
    [InlineData("2026-11-23T01:02:03.500Z")]
    [InlineData("2036-02-07T06:28:15.000Z")]
    [InlineData("2036-02-07T06:28:16.000Z")]
    [InlineData("2100-01-01T00:00:00.000Z")]
    public void Reads_the_time_on_both_sides_of_the_end_of_an_era(string sent)
    {
        var sentAt = DateTimeOffset.Parse(
            sent, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(SntpResult.Answer, Read(Answer(Request(), sentAt), out var unixMs));
        Assert.InRange(unixMs, (ulong)sentAt.ToUnixTimeMilliseconds() - 1,
            (ulong)sentAt.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void What_does_not_give_the_random_bytes_back_is_not_ours()
    {
        for (var bit = 0; bit < 64; bit++)
        {
            var packet = Sound();
            packet[24 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.Equal(SntpResult.NotOurs, Read(packet, out _));
        }
    }

    [Theory]
    [InlineData(0x23, SntpResult.NotOurs)]
    [InlineData(0x25, SntpResult.NotOurs)]
    [InlineData(0xE4, SntpResult.NoTime)]
    [InlineData(0x64, SntpResult.Answer)]
    public void Only_a_server_that_is_synchronised_answers(byte header, SntpResult expected)
    {
        var packet = Sound();
        packet[0] = header;
        Assert.Equal(expected, Read(packet, out _));
    }

    [Theory]
    [InlineData(0, SntpResult.NoTime)]
    [InlineData(1, SntpResult.Answer)]
    [InlineData(15, SntpResult.Answer)]
    [InlineData(16, SntpResult.NoTime)]
    public void A_kiss_of_death_and_a_lost_server_tell_no_time(byte stratum, SntpResult expected)
    {
        var packet = Sound();
        packet[1] = stratum;
        Assert.Equal(expected, Read(packet, out var unixMs));
        Assert.Equal(expected == SntpResult.Answer, unixMs > 0);
    }

    [Fact]
    public void A_clock_that_was_never_set_tells_no_time() => Assert.Equal(
        SntpResult.NoTime,
        Read(Answer(Request(), new DateTimeOffset(2024, 12, 31, 0, 0, 0, TimeSpan.Zero)), out _));

    [Fact]
    public void A_short_packet_is_not_ours()
    {
        for (var length = 0; length < SntpPacket.Length; length++)
        {
            Assert.Equal(SntpResult.NotOurs, SntpPacket.Read(Sound(), length, Asked, out _));
        }
    }

    private static byte[] Request()
    {
        var packet = new byte[SntpPacket.Length];
        SntpPacket.FillRequest(packet, Asked);
        return packet;
    }

    private static byte[] Sound() => Answer(Request(), DateTimeOffset.UtcNow);

    private static SntpResult Read(byte[] packet, out ulong unixMs) =>
        SntpPacket.Read(packet, packet.Length, Asked, out unixMs);
}
