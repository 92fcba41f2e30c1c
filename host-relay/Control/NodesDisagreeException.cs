namespace Helios.Control;

/// <summary>
/// Nodes that should show one chain do not: one is wrong, or lies. The message says which and what.
/// </summary>
internal sealed class NodesDisagreeException : Exception
{
    /// <inheritdoc/>
    public NodesDisagreeException(string message)
        : base(message)
    {
    }
}
