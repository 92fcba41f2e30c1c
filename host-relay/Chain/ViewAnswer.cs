namespace Helios.Chain;

/// <summary>What one of many views returned, or why the node refused it.</summary>
public sealed class ViewAnswer
{
    private readonly byte[]? _returned;

    internal ViewAnswer(byte[]? returned, NodeRefusedException? refusal)
    {
        _returned = returned;
        Refusal = refusal;
    }

    /// <summary>Null if the view returned.</summary>
    public NodeRefusedException? Refusal { get; }

    /// <summary>The ABI-encoded values; throws the refusal if there are none.</summary>
    public byte[] Returned => _returned ?? throw Refusal!;
}
