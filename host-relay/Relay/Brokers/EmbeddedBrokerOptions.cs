using System.Net;

namespace Helios.Relay;

/// <summary>Where the relay's own broker listens, and whom it lets in.</summary>
/// <param name="Address">The local address to listen on.</param>
/// <param name="Port">0 takes a free port.</param>
/// <param name="Limits">Of each connection, and of their number.</param>
/// <param name="Security">Null for plain TCP and no names: a network of one's own.</param>
internal sealed record EmbeddedBrokerOptions(
    IPAddress Address, int Port, RelayLimits Limits, BrokerSecurity? Security = null);
