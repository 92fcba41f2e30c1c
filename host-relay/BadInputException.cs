namespace Helios;

/// <summary>A person's mistake; the message is the one sentence that he reads.</summary>
public sealed class BadInputException : Exception
{
    /// <summary>Says what is wrong, where, and what to do.</summary>
    public BadInputException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
