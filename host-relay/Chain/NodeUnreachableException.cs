namespace Helios.Chain;

/// <summary>
/// The node gave no usable answer: down, too slow, or not a node. The message is one sentence for
/// a person: what is wrong, and what the settings of a relay can do about it. Nothing is known
/// about what the node did with the request.
/// </summary>
public sealed class NodeUnreachableException : Exception
{
    /// <param name="problem">What is wrong and where, without a full stop.</param>
    /// <param name="remedy">What to do where the node's address is a setting.</param>
    /// <param name="inner">What it came from.</param>
    public NodeUnreachableException(string problem, string remedy, Exception? inner = null)
        : base($"{problem}: {remedy}.", inner)
    {
        Problem = problem;
    }

    /// <summary>What is wrong and where, for a program whose node is its own.</summary>
    public string Problem { get; }
}
