using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Helios.Boards.Virtual.Power;

/// <summary>
/// Reads a measured power series from a file of comma-separated values: a header line, the time in
/// the first column, power in a named one.
/// </summary>
/// <remarks>
/// Times are dates with a time of day in any form that .NET's invariant culture reads, with or
/// without a zone (none means UTC), at any step of a second or more.
/// </remarks>
public static class MeasuredPower
{
    /// <summary>Reads a series.</summary>
    /// <param name="column">The file, its column as the header spells it, and the unit.</param>
    /// <param name="ratedPowerW">Electrical maximum of the connection, in watts.</param>
    /// <exception cref="BadInputException">
    /// The file, the column, a time or a value is not what it should be.
    /// </exception>
    public static PowerSeries Read(MeasuredColumn column, uint ratedPowerW)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (!File.Exists(column.File))
        {
            throw new BadInputException(
                $"There is no file {column.File}; give {OptionOf(column).File} the path of a file "
                + "of comma-separated values.");
        }

        using var reader = Open(column.File);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            DetectColumnCountChanges = false,
        });
        var columnIndex = FindColumn(csv, column);

        var rows = new Rows(column, ratedPowerW);
        while (csv.Read())
        {
            rows.Add(csv.Parser.RawRow, csv.GetField(0), Field(csv, columnIndex));
        }

        return rows.ToSeries();
    }

    private static StreamReader Open(string file)
    {
        try
        {
            return new StreamReader(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"{file} cannot be read ({failure.Message}); check its permissions.", failure);
        }
    }

    private static (string File, string Column) OptionOf(MeasuredColumn column) =>
        column.Meaning == PowerMeaning.Watts ? ("--pv", "--column") : ("--house", "--columns");

    private static int FindColumn(CsvReader csv, MeasuredColumn column)
    {
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new BadInputException(
                $"{column.File} is empty; its first line must name the columns.");
        }

        var index = Array.IndexOf(csv.HeaderRecord!, column.Column);
        if (index < 1)
        {
            var columns = string.Join(", ", csv.HeaderRecord!.Skip(1));
            throw new BadInputException(
                $"{column.File} has no column {column.Column}; give {OptionOf(column).Column} one "
                + $"of: {columns}.");
        }

        return index;
    }

    private static string? Field(CsvReader csv, int index) =>
        csv.TryGetField<string>(index, out var field) ? field : null;

    /// <summary>The rows read so far, each checked as it comes.</summary>
    private sealed class Rows(MeasuredColumn column, uint ratedPowerW)
    {
        private readonly string _file = column.File;
        private readonly bool _isInWatts = column.Meaning == PowerMeaning.Watts;
        private readonly List<long> _startsAtSeconds = [];
        private readonly List<long> _powerMilliwatts = [];
        private DateTimeOffset _startsAt;

        public void Add(int line, string? time, string? number)
        {
            var startsAt = ParseTime(line, time);
            var power = ParseMilliwatts(line, number);
            if (_startsAtSeconds.Count == 0)
            {
                _startsAt = startsAt;
            }

            var seconds = (long)Math.Floor((startsAt - _startsAt).TotalSeconds);
            if (_startsAtSeconds.Count > 0 && seconds <= _startsAtSeconds[^1])
            {
                throw new BadInputException(
                    $"{_file}, line {line}: the time {time} is not at least a second after the "
                    + "line before it; sort the file by time and remove repeated lines.");
            }

            _startsAtSeconds.Add(seconds);
            _powerMilliwatts.Add(power);
        }

        public PowerSeries ToSeries()
        {
            if (_startsAtSeconds.Count < 2)
            {
                throw new BadInputException(
                    $"{_file} holds {_startsAtSeconds.Count} value(s); a series needs at least "
                    + "two.");
            }

            return new PowerSeries(
                $"{Path.GetFileName(_file)}, {column.Column}",
                _startsAt, [.. _startsAtSeconds], [.. _powerMilliwatts]);
        }

        private DateTimeOffset ParseTime(int line, string? text)
        {
            const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time))
            {
                return time;
            }

            throw new BadInputException(
                $"{_file}, line {line}: \"{text}\" in the first column is no time; "
                + "write it like 2022-03-18 04:33:00-07:00.");
        }

        private long ParseMilliwatts(int line, string? text)
        {
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var number)
                || !double.IsFinite(number))
            {
                throw new BadInputException(
                    $"{_file}, line {line}: \"{text}\" in column {column.Column} is no number of "
                    + $"{(_isInWatts ? "watts" : "kilowatts")}; correct or remove the line.");
            }

            if (!_isInWatts && number < 0)
            {
                throw new BadInputException(
                    $"{_file}, line {line}: {text} kW in column {column.Column} is below 0; "
                    + "a column of --columns has one direction, so correct the line.");
            }

            var watts = _isInWatts ? number : number * 1000;
            if (Math.Abs(watts) > ratedPowerW)
            {
                throw new BadInputException(
                    $"{_file}, line {line}: {text} {(_isInWatts ? "W" : "kW")} in column "
                    + $"{column.Column} is above the rated power of {ratedPowerW} W; correct the "
                    + "line or its unit, or raise --rated-power.");
            }

            var milliwatts = (long)Math.Round(watts * 1000);
            return column.Meaning == PowerMeaning.KilowattsTakenIn ? -milliwatts : milliwatts;
        }
    }
}
