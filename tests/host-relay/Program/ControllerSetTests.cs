using Helios.Chain;
using Helios.Messaging;
using Helios.Signing;
using Helios.Tests.HostRelay.Control;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Program;

/// <summary>A new set of controllers, from the first signature to the meter's topic.</summary>
public class ControllerSetTests
{
    private static readonly string[] Secrets =
        [.. Enumerable.Range(1, 3).Select(static number => $"0x{number:x64}")];

    private static readonly Address[] Before =
        [.. Secrets.Select(static secret => new SenderKey(Hex.Parse(secret)).Address).Order()];

    [Fact(Timeout = 300_000)]
    public async Task Enough_of_the_set_before_sign_offline_and_one_publishes()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        var file = await FileAsync(bench, threshold: 2);
        var publishing = Publishing(bench, consumer.Meter.Address);

        var early = await HostRelay.RunAsync(publishing, "control", "publish-set", file);
        Assert.Equal(2, early.ExitCode);
        Assert.StartsWith("0 of 2 controllers have signed set 1", early.Error,
            StringComparison.Ordinal);

        // Twice the same one is one.
        foreach (var secret in (string[])[Secrets[2], Secrets[2], Secrets[0]])
        {
            var signed = await HostRelay.RunAsync(
                Signing(bench, secret), "control", "sign-set", file);
            Assert.True(signed.ExitCode == 0, signed.Error);
        }

        var published = await HostRelay.RunAsync(publishing, "control", "publish-set", file);
        Assert.True(published.ExitCode == 0, published.Error);

        var (topic, message) = Assert.Single(
            await RetainedOrders.MessagesAsync(bench.Broker, consumer.Meter.Address));
        Assert.Equal(1u, Topics.NumberOf(topic));
        Assert.Equal(
            CodecResult.Done,
            ControllerSetCodec.Decode(message, 1, out var set, out var signatures));
        Assert.Equal((2, 3), (set.Threshold, set.Addresses.Length));
        var digest = new byte[32];
        new Eip712Digest(
            new Eip712Domain(Deployment.ChainId, bench.Deployment.Ledger.Address.ToArray()))
            .OfControllers(set, digest);
        var signers = signatures.Select(signature =>
        {
            var signer = new byte[20];
            Assert.Equal(
                SignatureCheck.Valid, new SignatureVerifier().Recover(digest, signature, signer));
            return new Address(signer);
        }).ToArray();
        Assert.Equal(
            new[] { Secrets[0], Secrets[2] }
                .Select(static secret => new SenderKey(Hex.Parse(secret)).Address).Order(),
            signers);
        Assert.False(ct.IsCancellationRequested);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_controller_that_runs_gives_the_set_to_a_broker_that_forgot()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var consumer = await bench.ConsumerAsync();
        var file = await FileAsync(bench, threshold: 1);
        await HostRelay.RunAsync(Signing(bench, Secrets[0]), "control", "sign-set", file);
        var publishing = Publishing(bench, consumer.Meter.Address);
        var published = await HostRelay.RunAsync(publishing, "control", "publish-set", file);
        Assert.True(published.ExitCode == 0, published.Error);

        await bench.ReplaceBrokerAsync();
        Assert.Empty(await RetainedOrders.MessagesAsync(bench.Broker, consumer.Meter.Address));
        await using var program = HostRelay.Start(publishing, "control");
        await program.SaysAsync("Controlling as");

        Assert.Single(await RetainedOrders.MessagesAsync(bench.Broker, consumer.Meter.Address));
        Assert.False(ct.IsCancellationRequested);
    }

    [Fact(Timeout = 300_000)]
    public async Task Every_mistake_in_a_set_is_one_sentence()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await ControlBench.StartAsync();
        var good = await File.ReadAllTextAsync(await FileAsync(bench, threshold: 2), ct);
        var path = bench.Deployment.DatabasePath("bad.json");
        foreach (var (text, expected) in new[]
        {
            ("{", "is no set of controllers at line"),
            (good.Replace("\"number\": 1", "\"number\": 0", StringComparison.Ordinal),
                "the number is 1 or more"),
            (good.Replace("\"threshold\": 2", "\"threshold\": 4", StringComparison.Ordinal),
                "its threshold is 1 to 3, not 4"),
            (good.Replace(Before[0].ToString(), Before[1].ToString(), StringComparison.Ordinal),
                "its addresses rise, each once"),
            (good.Replace(Before[0].ToString(), "0x12", StringComparison.Ordinal),
                "'0x12' in before is no address"),
            (good.Replace(Before[0].ToString(), $"0x{1:x40}", StringComparison.Ordinal),
                "is not in the set before"),
        })
        {
            await File.WriteAllTextAsync(path, text, ct);
            var secret = Secrets.Single(
                secret => new SenderKey(Hex.Parse(secret)).Address == Before[0]);
            var (exitCode, _, error) = await HostRelay.RunAsync(
                Signing(bench, secret), "control", "sign-set", path);
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }
    }

    private static async Task<string> FileAsync(ControlBench bench, int threshold)
    {
        var addresses = string.Join(", ", Before.Select(static one => $"\"{one}\""));
        var path = bench.Deployment.DatabasePath("set.json");
        await File.WriteAllTextAsync(
            path,
            $$"""
            {
              "before": { "threshold": {{threshold}}, "controllers": [{{addresses}}] },
              "number": 1,
              "threshold": 2,
              "controllers": [{{addresses}}]
            }
            """,
            TestContext.Current.CancellationToken);
        return path;
    }

    private static Dictionary<string, string> Signing(ControlBench bench, string secret) =>
        new(StringComparer.Ordinal)
        {
            ["HELIOS_CHAIN_ID"] = $"{Deployment.ChainId}",
            ["HELIOS_LEDGER"] = bench.Deployment.Ledger.Address.ToString(),
            ["HELIOS_CONTROLLER_KEY"] = secret,
        };

    private static Dictionary<string, string> Publishing(ControlBench bench, Address meter) =>
        new(Signing(bench, Secrets[1]), StringComparer.Ordinal)
        {
            ["HELIOS_RPC_URL"] = bench.Deployment.RpcUrl.ToString(),
            ["HELIOS_DATABASE"] = bench.Deployment.DatabasePath("program.db"),
            ["HELIOS_BROKER_URL"] = bench.Broker.Url.ToString(),
            ["HELIOS_METERS"] = meter.ToString(),
        };
}
