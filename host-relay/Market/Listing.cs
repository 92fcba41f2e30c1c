using System.Text.Json;

namespace Helios.Trading;

/// <summary>Rows as a table for people, or as JSON for programs.</summary>
/// <param name="output">Where they go.</param>
/// <param name="isJson">JSON: an array with an object a row.</param>
internal sealed class Listing(TextWriter output, bool isJson)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>Prints rows, and what is to say of them all.</summary>
    /// <param name="rows">One object of JSON each.</param>
    /// <param name="title">A line above the table; JSON has none.</param>
    /// <param name="columns">Heads and cells; numbers are set right.</param>
    public void Print<T>(
        IReadOnlyList<T> rows,
        string? title,
        params (string Head, bool IsNumber, Func<T, string> Cell)[] columns)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(rows, Format));
            return;
        }

        if (title is not null)
        {
            output.WriteLine(title);
        }

        if (rows.Count == 0)
        {
            return;
        }

        var cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray());
        string[][] table = [[.. columns.Select(static column => column.Head)], .. cells];
        var widths = columns.Select((_, i) => table.Max(row => row[i].Length)).ToArray();
        foreach (var row in table)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => columns[i].IsNumber
                ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
