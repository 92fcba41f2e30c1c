using System.Text.Json;
using Helios.Relay;
using Helios.Tests.HostRelay.Chain;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.HostRelay.Program;

/// <summary>Signed readings as files: export, verify, submit.</summary>
public class CarryingTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 120_000)]
    public async Task What_one_relay_exported_another_takes_while_it_runs()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meters = await deployment.MetersAsync(3);
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        await FillAsync(options, meters, 1, 4);
        var file = deployment.DatabasePath("carried.json");

        var export = await RunAsync(options, "export", file);
        Assert.Equal((0, $"12 readings are in {file}.\n", ""), export);
        var verified = await HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "verify", file);
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.Contains(
            $"{meters[1].Address} signed 4, the newest with pagination 4, 400 Wh out, 0 Wh in.",
            verified.Output,
            StringComparison.Ordinal);

        var there = options with { DatabasePath = deployment.DatabasePath("there.db") };
        await using var relay = HostRelay.Start(HostRelay.Variables(there, Secret), "run");
        await relay.BrokerPortAsync();
        var submit = await RunAsync(there, "submit", file);
        Assert.Equal(
            (0, "12 readings stored for the relay to submit, 0 were known.\n", ""), submit);
        await AreMintedAsync(deployment, meters, 4, ct);
        submit = await RunAsync(there, "submit", file);
        Assert.Equal(
            (0, "0 readings stored for the relay to submit, 12 were known.\n", ""), submit);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_file_goes_straight_to_the_ledger_without_a_relay()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meters = await deployment.MetersAsync(3);
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        await FillAsync(options, meters, 1, 3);

        // Far more energy than can be by now: an older reading goes in its place.
        await FillAsync(options, [meters[0]], 90_000, 90_000);
        var file = deployment.DatabasePath("carried.json");
        await RunAsync(options, "export", file);
        var anywhere = options with { DatabasePath = deployment.DatabasePath("none.db") };

        var submit = await RunAsync(anywhere, "submit", "--straight", file);
        Assert.Equal((0, ""), (submit.ExitCode, submit.Error));
        Assert.Contains("3 accepted, 9 coins minted", submit.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(anywhere.DatabasePath));
        await AreMintedAsync(deployment, meters, 3, ct);

        var again = await RunAsync(anywhere, "submit", "--straight", file);
        Assert.Equal((2, ""), (again.ExitCode, again.Output));
        Assert.Equal(3, again.Error.Trim().Split('\n').Length);
        Assert.Contains("the ledger has all of this file", again.Error, StringComparison.Ordinal);
        Assert.Contains("(NotYetPlausible); try later.", again.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Anybody_can_submit_what_was_exported_with_cast()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meters = await deployment.MetersAsync(2);
        await deployment.MineAsync(36_000);
        var options = deployment.Options();
        await FillAsync(options, meters, 1, 2);
        var file = deployment.DatabasePath("carried.json");
        await RunAsync(options, "export", "--meter", $"{meters[1].Address}", file);

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, ct));
        var signed = json.RootElement.GetProperty("readings").EnumerateArray()
            .Select(static one => one.GetProperty("signed").GetString()![2..])
            .ToArray();
        Assert.Equal(2, signed.Length);
        Tool.Cast(
            "send", $"{deployment.Ledger.Address}", "recordBatch(bytes)",
            "0x" + string.Concat(signed), "--private-key", Secret,
            "--rpc-url", $"{deployment.RpcUrl}");
        await AreMintedAsync(deployment, [meters[1]], 2, ct);
    }

    [Fact]
    public async Task A_forged_or_foreign_reading_is_named_and_the_others_are_taken()
    {
        await using var deployment = await Deployment.StartAsync();
        var meter = await deployment.MeterAsync();
        await deployment.MineAsync(36_000);
        var stranger = await deployment.MeterAsync(isEnrolled: false);
        var (forged, twin) = (meter.Sign(3, 9_999), meter.Sign(1, 77));
        forged[9] ^= 1;
        var options = deployment.Options();
        await FillAsync(options, [meter], 1, 1);
        var file = deployment.DatabasePath("carried.json");
        ReadingFile.Write(file, options.ChainId, options.Ledger,
        [
            new CarriedReading(meter.Address, forged),
            new CarriedReading(meter.Address, twin),
            new CarriedReading(stranger.Address, stranger.Sign(1, 100)),
            new CarriedReading(meter.Address, meter.Sign(4, 400)[..50]),
            new CarriedReading(meter.Address, meter.Sign(2, 200)),
        ]);

        var (exitCode, output, error) = await RunAsync(options, "submit", file);
        Assert.Equal(2, exitCode);
        Assert.Equal("1 readings stored for the relay to submit, 0 were known.\n", output);
        string[] expected =
        [
            $"{file}: reading 1 is not signed by {meter.Address} for this ledger: remove it.",
            $"{file}: reading 4 has 50 bytes, not 99 or 163: remove it.",
            $"Reading 1 of meter {stranger.Address} is not enrolled in this ledger: enrol it.",
            $"Reading 1 of meter {meter.Address} is stored with other bytes: its key has a "
                + "twin, tell its enroller.",
        ];
        Assert.Equal(expected, error.Trim().Split('\n'));
        var verify = await RunAsync(options, "verify", file);
        Assert.Equal((2, 2), (verify.ExitCode, verify.Error.Trim().Split('\n').Length));
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_mistake_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync();
        var meter = await deployment.MeterAsync();
        var options = deployment.Options();
        await FillAsync(options, [meter], 1, 1);
        var file = deployment.DatabasePath("carried.json");
        await RunAsync(options, "export", file);
        var (bad, foreign) = (
            deployment.DatabasePath("bad.json"), deployment.DatabasePath("foreign.json"));
        await File.WriteAllTextAsync(bad, """{ "chainId": 1, "readings": [] }""", ct);
        ReadingFile.Write(foreign, 5, options.Ledger, []);
        var nowhere = options with { DatabasePath = "/nowhere/relay.db" };
        var down = options with { RpcUrl = new Uri("http://127.0.0.1:1") };

        foreach (var (given, words, arguments) in new (RelayOptions, string, string[])[]
        {
            (options, "that is not there yet.", ["export", file]),
            (options, "The file /nowhere/x cannot be written", ["export", "/nowhere/x"]),
            (nowhere, "There is no database /nowhere/relay.db yet", ["export", bad + "2"]),
            (nowhere, "There is no database /nowhere/relay.db yet", ["submit", file]),
            (nowhere, "There is no database /nowhere/relay.db yet",
                ["readings", $"{meter.Address}"]),
            (nowhere, "There is no database /nowhere/relay.db yet", ["resend"]),
            (options, "'0x12' is no meter's address", ["readings", "0x12"]),
            (options, "'0x12' is no meter's address", ["resend", "0x12"]),
            (options, "There is no reading of meter", ["readings", "0x" + new string('1', 40)]),
            (options, "cannot be read: name one that `export` wrote.", ["submit", "/nowhere/x"]),
            (options, "holds no readings at line 1", ["submit", bad]),
            (options, "holds no readings at line 1", ["verify", bad]),
            (options, "on chain 5, not for", ["submit", foreign]),
            (down, "cannot be reached (Connection refused", ["submit", file]),
            (options, "leave out --straight, or give another key.",
                ["submit", "--straight", file]),
        })
        {
            var (exitCode, _, error) = await RunAsync(given, arguments);
            Assert.Equal((given == down ? 75 : 2, $"{words} "), (exitCode, error.Contains(
                words, StringComparison.Ordinal) ? $"{words} " : error));
            Assert.Single(error.Trim().Split('\n'));
            Assert.EndsWith(".", error.Trim(), StringComparison.Ordinal);
        }
    }

    // Of a relay that submits nothing: not worth it.
    private static async Task FillAsync(
        RelayOptions options, TestMeter[] meters, uint first, uint last)
    {
        await using var relay = await RelayProcess.StartAsync(
            options with { Submission = new SubmissionPolicy { CoinsMin = 1_000_000 } },
            TestContext.Current.CancellationToken);
        await using var connection = await MeterConnection.OpenAsync(relay.BrokerPort);
        foreach (var meter in meters)
        {
            for (var pagination = first; pagination <= last; pagination++)
            {
                await connection.DeliverAsync(meter, meter.Sign(pagination, pagination * 100));
            }
        }
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(
        RelayOptions options, params string[] arguments) =>
        HostRelay.RunAsync(HostRelay.Variables(options, Secret), arguments);

    private static async Task AreMintedAsync(
        Deployment deployment, TestMeter[] meters, ulong coins, CancellationToken ct)
    {
        foreach (var meter in meters)
        {
            while (await deployment.Ledger.MintedOfAsync(meter.Address, ct) < coins)
            {
                await Task.Delay(20, ct);
            }

            Assert.Equal(coins, await deployment.Ledger.MintedOfAsync(meter.Address, ct));
        }
    }
}
