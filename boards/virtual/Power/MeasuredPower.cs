using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Helios.Boards.Virtual.Power;

/// <summary>
/// Reads a measured power series from a file of comma-separated values: a header line, the time in
/// the first column, watts in a named one.
/// </summary>
/// <remarks>
/// Times are dates with a time of day in any form that .NET's invariant culture reads, with or
/// without a zone (none means UTC), at any step of a second or more.
/// </remarks>
public static class MeasuredPower
{
    /// <summary>Reads a series.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="column">Name of the column that holds watts, as the header spells it.</param>
    /// <param name="ratedPowerW">Electrical maximum of the connection, in watts.</param>
    /// <exception cref="BadInputException">
    /// The file, the column, a time or a value is not what it should be.
    /// </exception>
    public static PowerSeries Read(string file, string column, uint ratedPowerW)
    {
        if (!File.Exists(file))
        {
            throw new BadInputException(
                $"There is no file {file}; give --pv the path of a file of comma-separated "
                + "values.");
        }

        using var reader = Open(file);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            DetectColumnCountChanges = false,
        });
        var columnIndex = FindColumn(csv, file, column);

        var rows = new Rows(file, column, ratedPowerW);
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

    private static int FindColumn(CsvReader csv, string file, string column)
    {
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new BadInputException(
                $"{file} is empty; its first line must name the columns.");
        }

        var index = Array.IndexOf(csv.HeaderRecord!, column);
        if (index < 1)
        {
            var columns = string.Join(", ", csv.HeaderRecord!.Skip(1));
            throw new BadInputException(
                $"{file} has no column {column}; give --column one of: {columns}.");
        }

        return index;
    }

    private static string? Field(CsvReader csv, int index) =>
        csv.TryGetField<string>(index, out var field) ? field : null;

    /// <summary>The rows read so far, each checked as it comes.</summary>
    private sealed class Rows(string file, string column, uint ratedPowerW)
    {
        private readonly List<long> _startsAtSeconds = [];
        private readonly List<long> _powerMilliwatts = [];
        private DateTimeOffset _startsAt;

        public void Add(int line, string? time, string? watts)
        {
            var startsAt = ParseTime(line, time);
            var power = ParseMilliwatts(line, watts);
            if (_startsAtSeconds.Count == 0)
            {
                _startsAt = startsAt;
            }

            var seconds = (long)Math.Floor((startsAt - _startsAt).TotalSeconds);
            if (_startsAtSeconds.Count > 0 && seconds <= _startsAtSeconds[^1])
            {
                throw new BadInputException(
                    $"{file}, line {line}: the time {time} is not at least a second after the line "
                    + "before it; sort the file by time and remove repeated lines.");
            }

            _startsAtSeconds.Add(seconds);
            _powerMilliwatts.Add(power);
        }

        public PowerSeries ToSeries()
        {
            if (_startsAtSeconds.Count < 2)
            {
                throw new BadInputException(
                    $"{file} holds {_startsAtSeconds.Count} value(s); a series needs at least "
                    + "two.");
            }

            return new PowerSeries(
                $"{Path.GetFileName(file)}, {column}",
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
                $"{file}, line {line}: \"{text}\" in the first column is no time; "
                + "write it like 2022-03-18 04:33:00-07:00.");
        }

        private long ParseMilliwatts(int line, string? text)
        {
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var watts)
                || !double.IsFinite(watts))
            {
                throw new BadInputException(
                    $"{file}, line {line}: \"{text}\" in column {column} is no number of watts; "
                    + "correct or remove the line.");
            }

            if (Math.Abs(watts) > ratedPowerW)
            {
                throw new BadInputException(
                    $"{file}, line {line}: {text} W in column {column} is above the rated power of "
                    + $"{ratedPowerW} W; correct the line or raise --rated-power.");
            }

            return (long)Math.Round(watts * 1000);
        }
    }
}
