namespace Helios.Control;

/// <summary>What one look at the chain came to. Only Done can have signed anything.</summary>
public enum PassResult
{
    /// <summary>Every meter was read at a new final block.</summary>
    Done,

    /// <summary>No block has become final to all nodes since the last look.</summary>
    NothingNew,

    /// <summary>
    /// The same, because a node is far behind the others or what it said itself, or has been
    /// behind for long.
    /// </summary>
    NodeBehind,

    /// <summary>A node gave no answer, or refused.</summary>
    NoAnswer,

    /// <summary>The nodes do not say the same.</summary>
    NodesDisagree,

    /// <summary>A block that was final is no longer on the chain.</summary>
    FinalBlockUndone,

    /// <summary>The database cannot be used.</summary>
    StoreAway,
}
