using Helios.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>A reading as the model knows it.</summary>
internal sealed class ModelReading
{
    public required long Meter { get; init; }

    public required uint Pagination { get; init; }

    /// <summary>The byte that all 99 but the first are.</summary>
    public required byte Content { get; init; }

    public ReadingState State { get; set; }

    public long Reason { get; set; }

    public ulong NotBefore { get; set; }

    public int Failures { get; set; }

    public bool WasPresented { get; set; }

    public ulong Coins { get; set; }

    /// <summary>The transaction that it is in, or that a block counted or skipped it in.</summary>
    public ModelTransaction? In { get; set; }

    /// <summary>Everything of it that the database keeps, to compare.</summary>
    public string Line =>
        $"{Meter}/{Pagination}: {Content} {State} reason {Reason} not before {NotBefore} "
        + $"failures {Failures} presented {WasPresented} coins {Coins} in {In?.Id ?? 0}";
}
