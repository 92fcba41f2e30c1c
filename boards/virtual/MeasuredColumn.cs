namespace Helios.Boards.Virtual;

/// <summary>A file of measured power and the column to play.</summary>
/// <param name="File">Path of a file of comma-separated values.</param>
/// <param name="Column">Name of the column that holds watts.</param>
public sealed record MeasuredColumn(string File, string Column);
