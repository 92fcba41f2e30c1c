using System.Globalization;

namespace Helios.Boards.Virtual.Power;

/// <summary>What flows in a neighbourhood.</summary>
/// <param name="Producers">What the producers take in turn, one or more.</param>
/// <param name="Consumers">What the consumers take in turn, one or more.</param>
public sealed record PlayedSeries(
    IReadOnlyList<PowerSeries> Producers, IReadOnlyList<PowerSeries> Consumers)
{
    private const double PeakPowerW = 5000;

    /// <summary>When it all begins.</summary>
    public DateTimeOffset StartsAt => Producers[0].StartsAt;

    /// <summary>Reads or computes what was asked for.</summary>
    /// <exception cref="BadInputException">A file or what it holds is wrong.</exception>
    public static PlayedSeries Of(NeighbourhoodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PowerSeries[] measured = [.. options.Measured.Select(
            column => MeasuredPower.Read(column, options.RatedPowerW))];
        if (options.House is { } house)
        {
            return new PlayedSeries(
                measured.Length > 0
                    ? measured
                    : [Read(house, house.GenerationColumn, PowerMeaning.KilowattsFedOut, options)],
                [Read(house, house.ConsumptionColumn, PowerMeaning.KilowattsTakenIn, options)]);
        }

        PowerSeries[] producers = measured.Length > 0
            ? measured
            : [ClearSkyDay.Compute(DateOnly.FromDateTime(DateTime.UtcNow), PeakPowerW)];
        return new PlayedSeries(
            producers,
            [HouseholdDay.Compute(
                producers[0].StartsAt, producers.Max(series => series.DurationSeconds))]);
    }

    private static PowerSeries Read(
        MeasuredHouse house, string column, PowerMeaning meaning, NeighbourhoodOptions options)
    {
        var whole = MeasuredPower.Read(
            new MeasuredColumn(house.File, column, meaning), options.RatedPowerW);
        var endsAt = whole.StartsAt.AddSeconds(whole.DurationSeconds);
        var from = house.From is { } day
            ? new DateTimeOffset(day, TimeOnly.MinValue, whole.StartsAt.Offset)
            : whole.StartsAt;
        var length = TimeSpan.FromDays(house.Days ?? MeasuredHouse.DaysUnlessTold);
        if (house.Days is null && endsAt - from < length)
        {
            length = endsAt - from;
        }

        var part = from < whole.StartsAt || from + length > endsAt
            ? null
            : whole.Part(from, length);
        return part ?? throw new BadInputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{house.File} goes from {whole.StartsAt:yyyy-MM-dd HH:mm} to {endsAt:yyyy-MM-dd HH:mm}"
            + $"; give --from and --days a part of it."));
    }
}
