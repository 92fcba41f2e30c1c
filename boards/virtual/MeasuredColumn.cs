using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual;

/// <summary>A file of measured power and the column to play.</summary>
/// <param name="File">Path of a file of comma-separated values.</param>
/// <param name="Column">Name of the column.</param>
/// <param name="Meaning">Unit and direction of its numbers.</param>
public sealed record MeasuredColumn(string File, string Column, PowerMeaning Meaning);
