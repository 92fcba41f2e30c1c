using System.Globalization;

namespace Helios.Tests.Boards;

/// <summary>Pins of each board: the compiler's list, and the one a person wires from.</summary>
public sealed class BoardPinsTests
{
    private static readonly Dictionary<string, string> WiredTo = new()
    {
        ["ExportPulse"] = "S0 input, export",
        ["ImportPulse"] = "S0 input, import",
        ["WatchdogFeed"] = "watchdog, DONE",
        ["PowerFail"] = "power fail",
        ["Tamper"] = "tamper",
        ["StatusLed"] = "status LED",
        ["CoilHold"] = "coil hold",
        ["ReturnButton"] = "return button",
        ["ElementData"] = "secure element, SDA",
        ["ElementClock"] = "secure element, SCL",
    };

    // Strapping, flash, PSRAM, console, USB; ESP-IDF Programming Guide, "GPIO & RTC GPIO".
    private static readonly Dictionary<string, int[]> Reserved = new()
    {
        ["esp32-devkit"] = [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 36, 39],
        ["esp32-s3-devkitc"] =
            [0, 3, 19, 20, .. Enumerable.Range(26, 12), 38, 43, 44, 45, 46, 48],
    };

    // GPIO34-39 of an ESP32 have no output.
    private static readonly int[] InputOnly = [34, 35, 36, 37, 38, 39];

    public static TheoryData<string> Boards => [.. Reserved.Keys];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Are_wired_as_the_README_says(string board)
    {
        var table = Lines(board, "README.md")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 4)
            .ToLookup(cells => cells[3], cells => cells[1], StringComparer.Ordinal);

        foreach (var (name, pin) in Pins(board))
        {
            Assert.Equal([pin.ToString(CultureInfo.InvariantCulture)], table[WiredTo[name]]);
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Are_each_free_and_used_once(string board)
    {
        var pins = Pins(board);

        Assert.Equal(WiredTo.Keys.Order(), pins.Keys.Order());
        Assert.Equal(pins.Count, pins.Values.Distinct().Count());
        Assert.Empty(pins.Values.Intersect(Reserved[board]));
        if (board is "esp32-devkit")
        {
            string[] outputs = ["WatchdogFeed", "StatusLed", "CoilHold"];
            Assert.Empty(outputs.Select(name => pins[name]).Intersect(InputOnly));
        }
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Mean_the_same_on_each_board(string board)
        => Assert.Equal(Levels("virtual"), Levels(board));

    private static Dictionary<string, int> Pins(string board)
        => Constants(board, "int").ToDictionary(
            constant => constant.Name,
            constant => int.Parse(constant.Value, CultureInfo.InvariantCulture));

    private static IEnumerable<(string Name, string Value)> Levels(string board)
        => Constants(board, "bool").Order();

    private static IEnumerable<(string Name, string Value)> Constants(string board, string type)
    {
        var start = $"public const {type} ";
        return Lines(board, "BoardPins.cs")
            .Select(line => line.Trim().TrimEnd(';'))
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[start.Length..].Split(" = "))
            .Select(parts => (parts[0], parts[1]));
    }

    private static string[] Lines(string board, string file)
    {
        using var stream = typeof(BoardPinsTests).Assembly
            .GetManifestResourceStream($"{board}/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n');
    }
}
