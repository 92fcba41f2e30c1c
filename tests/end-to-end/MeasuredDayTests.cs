using System.Globalization;
using System.Text.Json;

namespace Helios.Tests.EndToEnd;

public sealed class MeasuredDayTests
{
    private const int Meters = 3;
    private const int ImpulsesPerKwh = 1000;
    private const int WhPerCoin = 100;

    [Theory]
    [InlineData("serf_east_1min_ac_power.csv", "ac_power__752")]
    [InlineData("serf_west_1min.csv", "ac_power__773")]
    public async Task Every_impulse_of_a_measured_day_is_accounted_for_and_every_coin(
        string file, string column)
    {
        var path = Shared.File("data", "pv", file);

        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
            "--pv", path, "--column", column, "--meters", $"{Meters}",
            "--imp-per-kwh", $"{ImpulsesPerKwh}", "--wh-per-coin", $"{WhPerCoin}",
            "--once", "--json");

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var (export, import) = ImpulsesOf(path, column);
        Assert.True(json.RootElement.GetProperty("reconciled").GetBoolean());
        var meters = json.RootElement.GetProperty("meters").EnumerateArray().ToArray();
        Assert.Equal(Meters, meters.Length);
        Assert.All(meters, meter => CheckBooks(meter, export, import));
    }

    private static void CheckBooks(JsonElement meter, long exportImpulses, long importImpulses)
    {
        // At 1000 imp/kWh an impulse is a watt-hour.
        var coins = exportImpulses / WhPerCoin;
        Assert.Equal(exportImpulses, Number(meter, "export", "impulsesCounted"));
        Assert.Equal(importImpulses, Number(meter, "import", "impulsesCounted"));
        Assert.Equal(coins * WhPerCoin, Number(meter, "export", "signedWh"));
        Assert.Equal(coins * WhPerCoin, Number(meter, "export", "acceptedWh"));
        Assert.Equal(coins, meter.GetProperty("coinsMinted").GetInt64());

        // A signed reading at every coin: the day's power never earns two within one second.
        Assert.InRange(meter.GetProperty("readingsSigned").GetInt64(), coins, coins + 3);
    }

    private static long Number(JsonElement meter, string register, string name) =>
        meter.GetProperty(register).GetProperty(name).GetInt64();

    // Apart from the program: both files hold one value a minute without a gap, in milliwatts here.
    private static (long Export, long Import) ImpulsesOf(string path, string column)
    {
        const decimal MillijoulesPerImpulse = 3_600_000_000m / ImpulsesPerKwh;
        var lines = File.ReadAllLines(path);
        var index = Array.IndexOf(lines[0].Split(','), column);
        var energies = lines.Skip(1)
            .Select(line => decimal.Parse(
                line.Split(',')[index], NumberStyles.Float, CultureInfo.InvariantCulture))
            .Select(watts => decimal.Round(watts * 1000) * 60)
            .ToArray();
        return (
            (long)(energies.Where(energy => energy > 0).Sum() / MillijoulesPerImpulse),
            (long)(-energies.Where(energy => energy < 0).Sum() / MillijoulesPerImpulse));
    }
}
