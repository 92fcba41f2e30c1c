using Helios.Tests.HostRelay.Enrolling;

namespace Helios.Tests.HostRelay.Program;

/// <summary>enrol and meter as a person types them.</summary>
public class EnrolProgramTests
{
    private const string EnrollerSecret =
        "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    [Fact(Timeout = 120_000)]
    public async Task A_meter_is_enrolled_shown_suspended_and_shown_as_a_QR_code()
    {
        Assert.False(TestContext.Current.CancellationToken.IsCancellationRequested);
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter(hasElement: true);
        var file = bench.FileOf(meter.Enrolment());
        var variables = Variables(bench);
        var withKey = new Dictionary<string, string>(variables, StringComparer.Ordinal)
        {
            ["HELIOS_CALLER_KEY"] = EnrollerSecret,
        };

        var enrolled = await HostRelay.RunAsync(withKey, "enrol", file, "--yes");
        Assert.Equal((0, ""), (enrolled.ExitCode, enrolled.Error));
        Assert.Contains($"Meter {meter.Address} is enrolled, in block ", enrolled.Output,
            StringComparison.Ordinal);
        var suspended = await HostRelay.RunAsync(
            withKey, "meter", "suspend", $"{meter.Address}");
        Assert.Equal((0, ""), (suspended.ExitCode, suspended.Error));
        var shown = await HostRelay.RunAsync(variables, "meter", "show", $"{meter.Address}");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Contains("state             suspended", shown.Output, StringComparison.Ordinal);
        var qr = await HostRelay.RunAsync(
            new Dictionary<string, string>(StringComparer.Ordinal), "meter", "qr", file);
        Assert.Equal((0, ""), (qr.ExitCode, qr.Error));
        Assert.Contains("▀", qr.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_mistake_is_one_sentence_and_exit_code_2()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var bench = await EnrolmentBench.StartAsync();
        var meter = bench.Meter();
        var file = bench.FileOf(meter.Enrolment());
        var empty = bench.Deployment.DatabasePath("empty.txt");
        await File.WriteAllTextAsync(empty, "boot", ct);
        var variables = Variables(bench);
        var withKey = With(variables, "HELIOS_CALLER_KEY", EnrollerSecret);

        foreach (var (given, words, arguments) in
            new (Dictionary<string, string>, string, string[])[]
        {
            (variables, "The caller's key is missing", ["enrol", file]),
            (withKey, "Nothing was sent: answer yes", ["enrol", file]),
            (withKey, "cannot hold the Enrolment and the answer", ["enrol", "-"]),
            (withKey, "Standard input has no line", ["enrol", "-", "--yes"]),
            (withKey, "/nowhere/x cannot be read", ["enrol", "/nowhere/x"]),
            (withKey, "has no line that begins with", ["enrol", empty]),
            (withKey, "'0x12' is no meter's address", ["meter", "suspend", "0x12"]),
            (withKey, "is not enrolled in this ledger", ["meter", "revoke", $"{meter.Address}"]),
            (With(withKey, "HELIOS_CHAIN_ID", "5"), "names another ledger or chain-id",
                ["enrol", file]),
            (With(withKey, "HELIOS_CHAIN_ID", "5"), "is on chain 31337, not on 5",
                ["meter", "show", $"{meter.Address}"]),
            (With(withKey, "HELIOS_LEDGER", $"{meter.Address}"), "There is no contract at",
                ["meter", "show", $"{meter.Address}"]),
        })
        {
            var (exitCode, _, error) = await HostRelay.RunAsync(given, arguments);
            Assert.Equal((2, $"{words} "), (exitCode, error.Contains(
                words, StringComparison.Ordinal) ? $"{words} " : error));
            Assert.Single(error.Trim().Split('\n'));
            Assert.EndsWith(".", error.Trim(), StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Variables(EnrolmentBench bench) =>
        new(StringComparer.Ordinal)
        {
            ["HELIOS_RPC_URL"] = bench.Deployment.RpcUrl.ToString(),
            ["HELIOS_CHAIN_ID"] = $"{bench.As(EnrolmentBench.Enroller).Deployment.ChainId}",
            ["HELIOS_LEDGER"] = $"{bench.Ledger}",
        };

    private static Dictionary<string, string> With(
        Dictionary<string, string> variables, string name, string value) =>
        new(variables, StringComparer.Ordinal) { [name] = value };
}
