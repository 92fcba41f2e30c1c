using System.Text.Json;
using Helios.Signing;

namespace Helios.Tests.EndToEnd;

/// <summary>Where the boards' keys are, from impulse to coin and back.</summary>
public sealed class ElementsTests
{
    [Theory]
    [InlineData("atecc608", Enrolment.SecureElement)]
    [InlineData("software", Enrolment.SoftwareKey)]
    public async Task Boards_of_either_kind_earn_coins_and_consume_them(
        string board, byte assurance)
    {
        using var hours = new SunnyHours();

        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
        [
            .. hours.Arguments, "--board", board, "--meters", "2", "--consumers", "1", "--once",
            "--json",
        ]);

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var books = json.RootElement;
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        var meters = books.GetProperty("meters").EnumerateArray().ToArray();
        Assert.Equal(3, meters.Length);
        Assert.All(
            meters,
            meter => Assert.Equal(assurance, meter.GetProperty("assurance").GetByte()));
        Assert.All(
            meters[..2], meter => Assert.True(meter.GetProperty("coinsMinted").GetInt64() > 0));
        Assert.True(meters[2].GetProperty("supply").GetProperty("settledWh").GetInt64() > 1_000);
    }
}
