namespace Helios.Boards.Virtual;

/// <summary>A household's measured year, and how much of it is played.</summary>
/// <param name="File">Path of a file of comma-separated values.</param>
/// <param name="ConsumptionColumn">Column of the mean kW that it takes in.</param>
/// <param name="GenerationColumn">Column of the mean kW that it feeds out.</param>
/// <param name="From">The first day; null is the file's first.</param>
/// <param name="Days">
/// How many days; null is <see cref="DaysUnlessTold"/>, or the rest of the file if it is shorter.
/// </param>
public sealed record MeasuredHouse(
    string File, string ConsumptionColumn, string GenerationColumn, DateOnly? From, int? Days)
{
    /// <summary>
    /// A day: where people trade, each day takes longer to play than the one before.
    /// </summary>
    public const int DaysUnlessTold = 1;
}
