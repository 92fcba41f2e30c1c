using System.Text.Json;

namespace Helios.Tests.EndToEnd;

/// <summary>Boards with a key in a secure element, from impulse to coin and back.</summary>
public sealed class ElementsTests
{
    [Fact]
    public async Task Boards_with_secure_elements_earn_coins_and_consume_them()
    {
        var (exitCode, output, errors) = await VirtualBoardRun.ToEndAsync(
            "--board", "atecc608", "--meters", "2", "--consumers", "1", "--once", "--json");

        Assert.Equal(("", 0), (errors, exitCode));
        using var json = JsonDocument.Parse(output);
        var books = json.RootElement;
        Assert.True(books.GetProperty("reconciled").GetBoolean());
        var meters = books.GetProperty("meters").EnumerateArray().ToArray();
        Assert.Equal(3, meters.Length);
        Assert.All(
            meters[..2], meter => Assert.True(meter.GetProperty("coinsMinted").GetInt64() > 0));
    }
}
