using Helios.Relay;

namespace Helios.Tests.HostRelay.Proofs;

/// <summary>A signed transaction as the model knows it.</summary>
internal sealed class ModelTransaction
{
    /// <summary>The database's row.</summary>
    public long Id { get; set; }

    public required ulong Nonce { get; init; }

    public required byte[] Hash { get; set; }

    public required List<ModelReading> Contents { get; init; }

    public OutgoingState State { get; set; }

    public ulong Block { get; set; }

    /// <summary>Everything of it that the database keeps, to compare.</summary>
    public string Line => $"{Id}: nonce {Nonce} {State} {Convert.ToHexStringLower(Hash)}";
}
