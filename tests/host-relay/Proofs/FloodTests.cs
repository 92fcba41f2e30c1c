using System.Diagnostics;
using Helios.Relay;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// 1,000 meters' times with and without one that floods. The limits are low, so that a slow machine
/// floods too.
/// </summary>
[Collection(nameof(Quiet))]
public class FloodTests
{
    private const int Meters = 1_000;
    private const int Connections = 20;
    private const int Rounds = 3;
    private const int FloodAtOnce = 64;
    private const int Valid = 200;
    private const string ConnectionNamed = "sends more messages than one may";

    private static readonly RelayLimits Limits =
        new() { ReadingsPerMeterPerS = 1, MessagesPerConnectionPerS = 20, BurstS = 20 };

    [Fact]
    public async Task A_meter_that_floods_is_limited_and_named_and_the_others_keep_their_p99()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meters = await deployment.MetersAsync(Meters);
        var flooder = await deployment.MeterAsync();
        using var log = new LogLines();
        await using var relay = await RelayProcess.StartAsync(
            deployment.Options() with { Limits = Limits, Log = log }, ct);
        var connections = await Task.WhenAll(Enumerable.Range(0, Connections)
            .Select(_ => MeterConnection.OpenAsync(relay.BrokerPort)));
        await RoundAsync(meters, connections, 1);

        var startedAt = Stopwatch.GetTimestamp();
        var (without, with) = (new List<double>(), new List<double>());
        var sent = 0L;
        for (uint round = 2; round < 2 + (2 * Rounds); round += 2)
        {
            without.AddRange(await RoundAsync(meters, connections, round));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var flood = FloodAsync(relay.BrokerPort, flooder, round * 10_000, end.Token);
            await Condition.MetAsync(() => log.Containing(ConnectionNamed).Length > 0);
            with.AddRange(await RoundAsync(meters, connections, round + 1));
            await end.CancelAsync();
            sent += await flood;
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        var refused = relay.Figures.Refused;
        var (before, during) = (Percentile(without), Percentile(with));
        Night.Print(
            $"p99 of {Meters} meters, from PUBLISH to the PUBACK after the commit: {before:F0} ms "
            + $"without and {during:F0} ms with a flood of {sent} messages, "
            + $"{refused.GetValueOrDefault(RefusalReason.ConnectionLimit)} refused by its "
            + $"connection's limit and {refused.GetValueOrDefault(RefusalReason.MeterLimit)} by "
            + "its meter's.");
        Assert.NotEmpty(log.Containing(ConnectionNamed));
        Assert.NotEmpty(log.Containing($"Meter {flooder.Address} signs more readings"));
        Assert.InRange(during, 0, (2 * before) + 100);

        // Everything of the others is stored, and of the flood what its limit lets through.
        var ofFlood = relay.Figures.Stored - (Meters * (1L + (2 * Rounds)));
        var limit = Limits.BurstS + Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        Assert.InRange(ofFlood, 1, Limits.ReadingsPerMeterPerS * limit);
    }

    private static async Task<List<double>> RoundAsync(
        TestMeter[] meters, MeterConnection[] connections, uint pagination)
    {
        var signed = meters.Select(meter => meter.Sign(pagination, pagination)).ToArray();
        var times = await Task.WhenAll(connections.Select(async (connection, number) =>
        {
            var own = new List<double>();
            for (var i = number; i < meters.Length; i += Connections)
            {
                var startedAt = Stopwatch.GetTimestamp();
                Assert.True(await connection.TryAsync(meters[i], signed[i]));
                own.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            }

            return own;
        }));
        return [.. times.SelectMany(static own => own)];
    }

    // Valid readings, each newer, as fast as the broker answers; then noise on top.
    private static async Task<long> FloodAsync(
        int port, TestMeter flooder, uint pagination, CancellationToken ct)
    {
        var signed = Enumerable.Range(0, Valid)
            .Select(i => flooder.Sign(pagination + (uint)i, 1)).ToArray();
        await using var connection = await MeterConnection.OpenAsync(port);
        var sent = 0L;
        await Task.WhenAll(Enumerable.Range(0, FloodAtOnce).Select(async _ =>
        {
            while (!ct.IsCancellationRequested)
            {
                var i = Interlocked.Increment(ref sent);
                await connection.PublishAsync(
                    flooder.Topic, i < signed.Length ? signed[i] : new byte[99]);
            }
        }));
        return sent;
    }

    private static double Percentile(List<double> times) =>
        times.Order().ElementAt(times.Count * 99 / 100);
}
