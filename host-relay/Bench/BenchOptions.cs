namespace Helios.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record BenchOptions
{
    /// <summary>Meters, each with a connection of its own.</summary>
    public int Meters { get; init; } = 1_000;

    /// <summary>Readings under way at once; each waits for its acknowledgement.</summary>
    public int UnderWay { get; init; } = 256;

    /// <summary>Seconds of each measurement.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>Minutes of the long form, one line a minute; 0 leaves it out.</summary>
    public int Minutes { get; init; }

    /// <summary>Meters of which one reading each is brought to the chain.</summary>
    public int ChainMeters { get; init; } = 4_000;

    /// <summary>
    /// A PostgreSQL server whose user may create databases; null leaves its figures out.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Where the SQLite files go, which decides what a commit costs.</summary>
    public required string Folder { get; init; }
}
