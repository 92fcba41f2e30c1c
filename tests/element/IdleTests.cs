using System.Security.Cryptography;
using Helios.Element;

namespace Helios.Tests.Element;

/// <summary>
/// Between two calls the element idles: its watchdog stands still, and its memory stays, the seed
/// of its random numbers in it.
/// </summary>
public sealed class IdleTests
{
    private const byte Sleep = 0x01;
    private const byte Idle = 0x02;
    private const uint WatchdogMsMin = 700;

    private static readonly byte[] Digest = SHA256.HashData("Helios"u8);

    [Fact]
    public void Idle_keeps_the_digest_for_longer_than_the_watchdog_waits_and_sleep_forgets_it()
    {
        Assert.True(IsSignedAfter(Idle, WatchdogMsMin * 10));
        Assert.False(IsSignedAfter(Sleep, waitMs: 1));
    }

    [Fact]
    public void Awake_it_forgets_the_digest_when_its_watchdog_ends()
    {
        var bench = Loaded();
        bench.Wait((uint)(bench.Chip.WatchdogUs / 1000));

        Assert.Null(Signature(bench));
    }

    [Fact]
    public void While_it_idles_it_hears_nothing_but_a_wake_pulse()
    {
        var bench = Loaded();
        bench.Write([Idle], 1);

        Assert.Equal(BusResult.NotAcknowledged, bench.Read(new byte[4], 4));
        Assert.Equal(BusResult.NotAcknowledged, bench.Write([Sleep], 1));
        Assert.NotNull(Signature(bench));
    }

    [Fact]
    public void A_thousand_signatures_renew_the_seed_of_its_random_numbers_once()
    {
        var bench = ElementBench.Ready();
        var before = bench.Memory.SeedWrites;
        for (uint i = 0; i < 1000; i++)
        {
            Assert.Equal(ElementResult.Done, bench.Element.Sign(Digest, new byte[64]));
            Assert.Equal(ElementResult.Done, bench.Element.CountTo(i + 1));
            bench.Wait(60_000);
        }

        Assert.Equal(1, bench.Memory.SeedWrites - before);
    }

    [Fact]
    public void Idles_between_two_calls_and_sleeps_after_one_that_went_wrong()
    {
        var bench = ElementBench.Ready();
        var answer = new byte[SecureElement.SignatureLength];
        bench.Element.Run(ElementCommand.LoadDigest(Digest), answer);
        Assert.Equal(BusResult.NotAcknowledged, bench.Read(answer, 4));
        Assert.Equal(ElementResult.Done, bench.Element.Run(ElementCommand.Sign(0), answer));

        bench.Element.Run(ElementCommand.LoadDigest(Digest), answer);
        Assert.Equal(ElementResult.Refused, bench.Element.Run(ElementCommand.Sign(1), answer));
        Assert.Equal(BusResult.NotAcknowledged, bench.Read(answer, 4));
        Assert.Equal(ElementResult.Refused, bench.Element.Run(ElementCommand.Sign(0), answer));
    }

    private static bool IsSignedAfter(byte word, uint waitMs)
    {
        var bench = Loaded();
        Assert.Equal(BusResult.Done, bench.Write([word], 1));
        bench.Wait(waitMs);
        return Signature(bench) != null;
    }

    /// <summary>Awake, with the digest in its memory.</summary>
    private static ElementBench Loaded()
    {
        var bench = ElementBench.Ready();
        bench.Chip.PacePercent = 100;
        Wake(bench);
        Assert.Equal([0], Carry(bench, ElementCommand.LoadDigest(Digest)));
        return bench;
    }

    private static byte[]? Signature(ElementBench bench)
    {
        Wake(bench);
        var answer = Carry(bench, ElementCommand.Sign(0));
        return answer.Length == SecureElement.SignatureLength ? answer : null;
    }

    private static void Wake(ElementBench bench)
    {
        bench.Wake();
        bench.Wait(2);
        bench.Read(new byte[4], 4);
    }

    /// <summary>The data of the answer; one byte is a status.</summary>
    private static byte[] Carry(ElementBench bench, ElementCommand command)
    {
        var packet = new byte[ElementCommand.PacketLengthMax];
        Assert.Equal(BusResult.Done, bench.Write(packet, command.WriteTo(packet)));
        bench.Wait(command.ExecutionMs);
        var answer = new byte[AnswerCode.LengthMax];
        Assert.Equal(BusResult.Done, bench.Read(answer, answer.Length));
        return answer[1..(answer[0] - Crc16.Length)];
    }
}
