namespace Helios.Relay;

/// <summary>
/// The relay cannot start with what it was told. The message is one sentence for a person: what is
/// wrong, where, and what to do instead.
/// </summary>
public sealed class StartRefusedException : Exception
{
    /// <inheritdoc/>
    public StartRefusedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
