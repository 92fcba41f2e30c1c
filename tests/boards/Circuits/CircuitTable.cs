using System.Globalization;

namespace Helios.Tests.Boards.Circuits;

/// <summary>The tables of boards/README.md: what a row says in its second column.</summary>
internal sealed class CircuitTable
{
    private static readonly Dictionary<string, double> Units = new()
    {
        ["ohm"] = 1,
        ["kilohm"] = 1e3,
        ["nF"] = 1e-9,
        ["uF"] = 1e-6,
        ["mF"] = 1e-3,
        ["V"] = 1,
        ["mV"] = 1e-3,
        ["mA"] = 1e-3,
        ["W"] = 1,
    };

    private readonly Dictionary<string, string> _rows = [];

    /// <param name="name">First column of the tables' header; two tables may share it.</param>
    public CircuitTable(string name)
    {
        using var stream = typeof(CircuitTable).Assembly.GetManifestResourceStream("boards.md")!;
        using var reader = new StreamReader(stream);
        var isInTable = false;
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length < 4)
            {
                isInTable = false;
                continue;
            }

            isInTable |= string.Equals(cells[1], name, StringComparison.Ordinal);
            if (isInTable)
            {
                _rows[cells[1]] = cells[2];
            }
        }
    }

    /// <summary>What the row says, in the words of the README.</summary>
    public string Text(string row) => _rows[row];

    /// <summary>The row's quantity in ohm, farad, volt, ampere or watt.</summary>
    public double Value(string row) => Range(row).Least;

    /// <summary>A row "1.2 V" or "1.2 to 3.4 V".</summary>
    public (double Least, double Most) Range(string row)
    {
        var words = _rows[row].Split(' ');
        var isRange = words.Length > 2 && words[1] is "to";
        var unit = words.Length % 2 == 0 ? Units[words[^1]] : 1;
        var least = Number(words[0]);
        return (least * unit, (isRange ? Number(words[2]) : least) * unit);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
