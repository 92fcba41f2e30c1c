using Helios.Chain;
using OpenTelemetry.Resources;

namespace Helios.Relay;

/// <summary>What metrics and traces call this relay.</summary>
internal static class RelayResource
{
    /// <summary>The same service everywhere, and each copy by its sender.</summary>
    public static ResourceBuilder AddRelay(this ResourceBuilder resource, Address sender) =>
        resource.AddService("helios-relay", serviceInstanceId: sender.ToString());
}
