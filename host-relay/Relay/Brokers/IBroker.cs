using Helios.Chain;

namespace Helios.Relay;

/// <summary>Where readings come from and acknowledgements go: the relay's own or another.</summary>
internal interface IBroker : IAsyncDisposable
{
    /// <summary>Whether readings can come in now.</summary>
    bool IsConnected { get; }

    /// <summary>
    /// Tells a meter what is stored and what is accepted. If it gets lost, the meter repeats what
    /// was not acknowledged, and is told again.
    /// </summary>
    Task AcknowledgeAsync(
        Address meter, uint storedPagination, uint acceptedPagination, CancellationToken ct);
}
