using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual;

/// <summary>
/// Checks what was typed after an option. Each throws <see cref="BadInputException"/> with a
/// sentence for the person who typed it.
/// </summary>
internal static class OptionValues
{
    /// <summary>The speed that is none.</summary>
    public const string AsFastAsPossible = "max";

    /// <summary>The board whose key is in files.</summary>
    public const string InFiles = "software";

    /// <summary>The board whose key is in a secure element.</summary>
    public const string InElement = "atecc608";

    public static T ToNumber<T>(string option, ArgumentResult result)
        where T : struct, IBinaryInteger<T>
    {
        if (!T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value))
        {
            result.AddError($"{option} {result.Tokens[0].Value} is no number of its range");
        }

        return value;
    }

    public static MeasuredColumn[] ToMeasured(string[] files, string[] columns)
    {
        if (files.Length != columns.Length)
        {
            throw new BadInputException(
                $"--pv was given {files.Length} time(s) and --column {columns.Length} time(s); "
                + "each file needs the name of its column.");
        }

        return [.. files.Zip(
            columns, (file, column) => new MeasuredColumn(file, column, PowerMeaning.Watts))];
    }

    public static DateOnly? ToDay(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new BadInputException($"--from {text} is no day; write it like 2011-07-01.");
    }

    public static double? ToSpeed(string? text, double? unlessTold)
    {
        if (text is null)
        {
            return unlessTold;
        }

        if (string.Equals(text, AsFastAsPossible, StringComparison.Ordinal))
        {
            return null;
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out var speed)
            && speed is >= 1 and <= 1_000_000
            ? speed
            : throw new BadInputException(
                $"--speed {text} is no factor; give a number from 1 to 1000000, or "
                + $"{AsFastAsPossible}.");
    }

    public static bool ToHasElement(string text) => text switch
    {
        InFiles => false,
        InElement => true,
        _ => throw new BadInputException(
            $"--board is '{text}'; write {InFiles} or {InElement}."),
    };

    public static uint ToWhPerCoin(uint value)
    {
        const ulong UnitsPerCoin = 1_000_000_000_000_000_000;
        return value is > 0 and <= 1_000_000 && UnitsPerCoin % value == 0
            ? value
            : throw new BadInputException(
                $"--wh-per-coin {value} does not divide 10^18 or is above 1000000; "
                + "give a number like 100 or 1000.");
    }

    public static uint Within(string option, long value, uint lowest, uint highest) =>
        value >= lowest && value <= highest
            ? (uint)value
            : throw new BadInputException(
                $"{option} {value} is out of range; give a number from {lowest} to {highest}.");
}
