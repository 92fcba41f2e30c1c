namespace Helios.Chain;

/// <summary>
/// The node gave no usable answer: down, too slow, or not a node. The message is one sentence for
/// a person. Nothing is known about what the node did with the request.
/// </summary>
public sealed class NodeUnreachableException : Exception
{
    /// <inheritdoc/>
    public NodeUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
