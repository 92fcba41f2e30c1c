using System.Net;
using System.Net.Sockets;
using Helios.Device;

namespace Helios.Tests.Device.Network;

/// <summary>The time source over UDP, with a server on this computer.</summary>
public sealed class SntpTimeTests : IDisposable
{
    private readonly UdpClient _server = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly SetClock _clock = new();
    private readonly SntpTime _time;

    public SntpTimeTests()
    {
        var port = ((IPEndPoint)_server.Client.LocalEndPoint!).Port;
        _time = new SntpTime(new RandomEntropy(), _clock, port);
    }

    public void Dispose()
    {
        _time.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task An_answer_is_taken_once_and_sets_the_clock_that_TLS_reads()
    {
        var now = DateTimeOffset.UtcNow;
        _time.Ask("127.0.0.1");
        Assert.False(_time.TryTake(out _));
        await AnswerAsync(request => SntpPacketTests.Answer(request, now));

        Assert.True(Take(out var unixMs));
        Assert.InRange(
            (long)unixMs, now.ToUnixTimeMilliseconds() - 1, now.ToUnixTimeMilliseconds() + 5000);
        Assert.Equal(unixMs, _clock.UnixMs);
        Assert.False(_time.TryTake(out _));
    }

    [Fact]
    public async Task A_forged_answer_is_passed_over_and_the_true_one_taken()
    {
        _time.Ask("127.0.0.1");
        await AnswerAsync(request =>
        {
            var forged = SntpPacketTests.Answer(request, DateTimeOffset.UtcNow.AddYears(5));
            forged[30] ^= 1;
            return forged;
        });
        Assert.False(Take(out _, 20));
        Assert.Equal(0UL, _clock.UnixMs);
    }

    [Fact]
    public void A_server_that_has_no_name_or_is_not_there_is_no_answer()
    {
        _time.Ask("no.such.host.invalid");
        Assert.False(_time.TryTake(out _));
        _server.Dispose();
        _time.Ask("127.0.0.1");
        Assert.False(Take(out _, 20));
    }

    private async Task AnswerAsync(Func<byte[], byte[]> answer)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var asked = await _server.ReceiveAsync(cancellation);
        Assert.Equal(SntpPacket.Length, asked.Buffer.Length);
        await _server.SendAsync(answer(asked.Buffer), asked.RemoteEndPoint, cancellation);
    }

    private bool Take(out ulong unixMs, int looks = 2000)
    {
        for (var look = 0; look < looks; look++)
        {
            if (_time.TryTake(out unixMs))
            {
                return true;
            }

            Thread.Sleep(1);
        }

        unixMs = 0;
        return false;
    }

    private sealed class SetClock : ISystemClock
    {
        public ulong UnixMs { get; private set; }

        public void Adjust(ulong unixMs) => UnixMs = unixMs;
    }

    private sealed class RandomEntropy : IEntropy
    {
        public void Fill(byte[] bytes) => Random.Shared.NextBytes(bytes);
    }
}
