namespace Helios.Relay;

/// <summary>
/// The database cannot serve now: full, read-only, damaged, or away. An operating error: nothing is
/// acknowledged meanwhile, and the relay tries again.
/// </summary>
internal sealed class StoreUnavailableException(string message, Exception inner)
    : Exception(message, inner);
