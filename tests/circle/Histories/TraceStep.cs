namespace Helios.Tests.Circle.Histories;

/// <summary>One call on the chain, and what the plain model says of everything after it.</summary>
/// <param name="action">What is called.</param>
/// <param name="time">Block time, Unix seconds.</param>
/// <param name="arguments">As the replay reads them.</param>
internal sealed class TraceStep(TraceAction action, ulong time, byte[] arguments)
{
    public TraceAction Action => action;

    public ulong Time => time;

    public byte[] Arguments => arguments;

    /// <summary>For a reorg: the oldest step that it undoes.</summary>
    public TraceStep? Undone { get; init; }

    /// <summary>Whether a later reorg goes back to before this step.</summary>
    public bool IsUndoneLater { get; set; }

    /// <summary>The model after this step.</summary>
    public required PlainChain After { get; init; }
}
