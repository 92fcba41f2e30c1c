using System.Security.Cryptography;
using Helios.Element;

namespace Helios.Tests.Element;

public sealed class ElementCommandTests
{
    private static readonly byte[] Digest = SHA256.HashData("Helios"u8);

    /// <summary>
    /// Seen on the wires of real elements: the wake token; gateway-mfr-rs, issue 16; LoRaMac-node,
    /// pull request 981.
    /// </summary>
    [Theory]
    [InlineData("0411", "3343")]
    [InlineData("0730000000", "035D")]
    [InlineData("0700006002", "8038")]
    [InlineData("0702800000", "09AD")]
    [InlineData(
        "2301234B16000060020F3A7DF227015500B20000018FBD858FCE0FCE0FCE0FCE0F", "6B82")]
    public void The_checksum_is_that_of_real_elements(string bytes, string checksum)
    {
        var packet = Convert.FromHexString(bytes + checksum);
        Assert.True(Crc16.IsRight(packet, 0, packet.Length - 2));

        Crc16.Append(packet, 0, packet.Length - 2);
        Assert.Equal(checksum, Convert.ToHexString(packet[^2..]));
    }

    [Fact]
    public void The_commands_on_the_wire_are_those_of_real_masters()
    {
        Assert.Equal("03073000000003 5D".Replace(" ", "", StringComparison.Ordinal),
            Packet(ElementCommand.Info()));
        Assert.Equal("030702800000" + "09AD", Packet(ElementCommand.ReadConfiguration(0)));
    }

    /// <summary>Nobody drives the line from a byte of the data on.</summary>
    [Fact]
    public void An_answer_that_breaks_off_is_none_even_if_its_checksum_is_right()
    {
        const int Length = SecureElement.SignatureLength;
        var answer = new byte[AnswerCode.LengthMax];
        answer.AsSpan().Fill(0xFF);
        answer[0] = AnswerCode.LengthMax;
        ushort two = 0;
        do
        {
            two++;
            BitConverter.TryWriteBytes(answer.AsSpan(1), two);
        }
        while (!Crc16.IsRight(answer, 0, answer.Length - Crc16.Length) && two < ushort.MaxValue);
        Assert.True(Crc16.IsRight(answer, 0, answer.Length - Crc16.Length));

        Assert.Equal(ElementResult.Garbled, AnswerCode.Of(answer, Length));

        answer[Length] = 0;
        Crc16.Append(answer, 0, answer.Length - Crc16.Length);
        Assert.Equal(ElementResult.Done, AnswerCode.Of(answer, Length));
    }

    [Fact]
    public void Reads_revision_serial_number_and_random_bytes()
    {
        var bench = ElementBench.Ready();
        var revision = new byte[SecureElement.RevisionLength];
        var serial = new byte[SecureElement.SerialLength];
        var random = new byte[SecureElement.RandomLength];
        var other = new byte[SecureElement.RandomLength];

        Assert.Equal(ElementResult.Done, bench.Element.ReadRevision(revision));
        Assert.Equal(ElementResult.Done, bench.Element.ReadSerial(serial));
        Assert.Equal(ElementResult.Done, bench.Element.FillRandom(random));
        Assert.Equal(ElementResult.Done, bench.Element.FillRandom(other));

        Assert.Equal("00006002", Convert.ToHexString(revision));
        Assert.Equal("0123E5F6A1B2C3D4EE", Convert.ToHexString(serial));
        Assert.NotEqual(random, other);
    }

    [Fact]
    public void The_key_is_born_in_the_slot_and_its_public_key_verifies_its_signatures()
    {
        var bench = ElementBench.Ready();
        var signature = new byte[SecureElement.SignatureLength];
        var publicKey = new byte[64];

        Assert.Equal(ElementResult.Done, bench.Element.ReadPublicKey(publicKey));
        Assert.Equal(ElementResult.Done, bench.Element.Sign(Digest, signature));

        Assert.True(Signatures.IsOf(publicKey, Digest, signature));
        Assert.False(Signatures.IsOf(publicKey, SHA256.HashData(Digest), signature));
    }

    [Fact]
    public void Counts_one_by_one_and_no_further_than_its_end()
    {
        var bench = ElementBench.Ready();
        Assert.Equal(ElementResult.Done, bench.Element.CountTo(1));
        Assert.Equal(ElementResult.Done, bench.Element.CountTo(1));
        Assert.Equal(ElementResult.Done, bench.Element.CountTo(2));
        Assert.Equal(ElementResult.CounterDiffers, bench.Element.CountTo(4));
        Assert.Equal(ElementResult.CounterDiffers, bench.Element.CountTo(1));
        Assert.Equal(2U, bench.Memory.Counters[0]);

        bench.Memory.Counters[0] = SecureElement.CounterMax - 1;
        Assert.Equal(ElementResult.Done, bench.Element.CountTo(SecureElement.CounterMax));
        Assert.Equal(
            ElementResult.CounterUsedUp, bench.Element.CountTo(SecureElement.CounterMax + 1));
        Assert.Equal(ElementResult.Done, bench.Element.ReadCounter(out var count));
        Assert.Equal(SecureElement.CounterMax, count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void Waits_as_long_as_the_element_takes(int pacePercent)
    {
        var bench = ElementBench.Ready();
        bench.Chip.PacePercent = pacePercent;
        Assert.Equal(
            ElementResult.Done,
            bench.Element.Sign(Digest, new byte[SecureElement.SignatureLength]));
    }

    /// <summary>The figures of firmware/README.md, with ticks of 10 ms and at its slowest.</summary>
    [Fact]
    public void A_signature_takes_a_quarter_of_a_second_and_a_count_a_tenth()
    {
        var bench = ElementBench.Ready();
        bench.Chip.PacePercent = 100;
        var startedMs = bench.UptimeMs;
        Assert.Equal(
            ElementResult.Done,
            bench.Element.Sign(Digest, new byte[SecureElement.SignatureLength]));
        var signedMs = bench.UptimeMs;
        Assert.Equal(ElementResult.Done, bench.Element.CountTo(1));

        Assert.InRange(signedMs - startedMs, 200UL, 250UL);
        Assert.InRange(bench.UptimeMs - signedMs, 80UL, 110UL);
    }

    [Fact]
    public void A_zero_byte_at_400_kHz_is_too_short_to_wake_it()
    {
        var bench = ElementBench.Ready();
        bench.Wire.Write(0, [0], 400_000);
        bench.Wait(10);
        Assert.Equal(BusResult.NotAcknowledged, bench.Read(new byte[4], 4));

        bench.Wire.Write(0, [0], 100_000);
        bench.Wait(10);
        Assert.Equal(BusResult.Done, bench.Read(new byte[4], 4));
    }

    [Fact]
    public void An_element_that_is_not_there_ends_within_the_limits()
    {
        var bench = ElementBench.Ready();
        bench.Wire.IsPlugged = false;
        var startedMs = bench.UptimeMs;
        Assert.Equal(
            ElementResult.NoAnswer,
            bench.Element.Sign(Digest, new byte[SecureElement.SignatureLength]));
        Assert.InRange(bench.UptimeMs - startedMs, 0UL, 2500UL);
    }

    private static string Packet(ElementCommand command)
    {
        var packet = new byte[ElementCommand.PacketLengthMax];
        return Convert.ToHexString(packet, 0, command.WriteTo(packet));
    }
}
