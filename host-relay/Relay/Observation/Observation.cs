using System.Net;
using OpenTelemetry.Trace;

namespace Helios.Relay;

/// <summary>All that can be seen of a relay from outside: metrics, health and traces.</summary>
internal sealed class Observation : IAsyncDisposable
{
    private readonly RelayMetrics _metrics;
    private readonly TracerProvider? _traces;
    private ObservationServer? _server;

    private Observation(RelayMetrics metrics, TracerProvider? traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    /// <summary>Port of the HTTP server; 0 if there is none.</summary>
    public int Port => _server?.Port ?? 0;

    /// <exception cref="StartRefusedException">The HTTP server cannot listen.</exception>
    public static async Task<Observation> StartAsync(
        RelayOptions options, RelayMetrics metrics, RelayHealth health)
    {
        var observation = new Observation(metrics, TraceExport.Start(options));
        try
        {
            if (options.HttpPort is { } port)
            {
                observation._server = await ObservationServer.StartAsync(
                    new IPEndPoint(options.HttpAddress, port), options.Sender.Address, health);
            }

            return observation;
        }
        catch
        {
            await observation.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _traces?.Dispose();
        _metrics.Dispose();
    }
}
