using System.Diagnostics;
using System.Globalization;
using Dapper;
using Helios.Tests.HostRelay.Relay;
using Microsoft.Data.Sqlite;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>
/// The program on a machine whose clock is an hour off: its clock is the newest block's time.
/// </summary>
public class ClockTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    [Theory(Timeout = 120_000)]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public async Task A_clock_that_is_an_hour_off_changes_nothing(int offsetS)
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.SkipUnless(
            File.Exists(Library), "libfaketime is not installed: apt-get install faketime.");
        await using var deployment = await Deployment.StartAsync();
        var (meter, idle) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        var options = deployment.Options();
        var variables = Program.HostRelay.Variables(options, Secret);
        foreach (var (name, text) in Faked(offsetS))
        {
            variables[name] = text;
        }

        await using (var relay = Program.HostRelay.Start(variables, "run"))
        {
            await using var connection = await MeterConnection.OpenAsync(
                await relay.BrokerPortAsync());
            await connection.DeliverAsync(idle, idle.Sign(1, 50));
            await connection.DeliverAsync(meter, meter.Sign(1, 700));
            while (await deployment.Ledger.MintedOfAsync(meter.Address, ct) < 7)
            {
                await Task.Delay(20, ct);
            }

            await relay.KillAsync();
        }

        // Stored by the chain's clock, and due by it: a day later, and not an hour before.
        var head = (long)(await deployment.Node.LatestBlockAsync(ct)).Timestamp;
        await using var books = new SqliteConnection($"Data Source={options.DatabasePath}");
        var (storedAt, notBefore) = books.QuerySingle<(long, long)>(
            "SELECT stored_at, not_before FROM reading WHERE export_wh = 50");
        Assert.InRange(storedAt, head - 60, head);
        Assert.Equal(storedAt + 86_400, notBefore);
    }

    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void The_clock_of_the_test_above_is_an_hour_off(int offsetS)
    {
        Assert.SkipUnless(
            File.Exists(Library), "libfaketime is not installed: apt-get install faketime.");
        var start = new ProcessStartInfo("date", ["+%s"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, text) in Faked(offsetS))
        {
            start.Environment[name] = text;
        }

        using var date = Process.Start(start)!;
        var said = long.Parse(
            date.StandardOutput.ReadToEnd().Trim(), CultureInfo.InvariantCulture);
        var off = said - DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(off, offsetS - 60, offsetS + 60);
    }

    private static Dictionary<string, string> Faked(int offsetS) => new(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME"] = offsetS.ToString("+0;-0", CultureInfo.InvariantCulture),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };
}
