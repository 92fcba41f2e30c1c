using Helios.Chain;

namespace Helios.Relay;

/// <summary>Another process signs with this sender's key now: this one must end.</summary>
public sealed class FencedException : Exception
{
    /// <param name="sender">The key's address.</param>
    public FencedException(Address sender)
        : base($"Another relay has taken over the sender {sender}: give each a key of its own.")
    {
    }
}
