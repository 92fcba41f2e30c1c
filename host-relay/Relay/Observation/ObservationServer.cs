using System.Net;
using System.Net.Sockets;
using Helios.Chain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Helios.Relay;

/// <summary>
/// Health, readiness and metrics over HTTP: /health/live, /health/ready and /metrics. It changes
/// nothing, and tells nothing that is secret.
/// </summary>
internal sealed class ObservationServer : IAsyncDisposable
{
    private const string Live = "live";
    private const string Ready = "ready";
    private const int ConnectionsMax = 100;

    // What the runtime says of itself: memory, collections, CPU time.
    private const string RuntimeMeter = "System.Runtime";

    private readonly WebApplication _application;

    private ObservationServer(WebApplication application)
    {
        _application = application;
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(_application.Urls.Single()).Port;

    /// <param name="endpoint">Where it listens; port 0 takes a free one.</param>
    /// <param name="sender">What tells copies apart in the metrics.</param>
    /// <param name="health">What it answers.</param>
    /// <exception cref="StartRefusedException">The port is in use, or the address not
    /// ours.</exception>
    public static async Task<ObservationServer> StartAsync(
        IPEndPoint endpoint, Address sender, RelayHealth health)
    {
        // The empty builder reads no settings from anywhere: whatever counts is said here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(endpoint);
        });
        builder.Services.AddRoutingCore();
        AddChecks(builder.Services, health);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddRelay(sender))
            .WithMetrics(static metrics => metrics
                .AddMeter(RelayMetrics.Name, RuntimeMeter)
                .AddPrometheusExporter());

        var application = builder.Build();
        Map(application, Live);
        Map(application, Ready);
        application.MapPrometheusScrapingEndpoint("/metrics");
        try
        {
            await application.StartAsync();
            return new ObservationServer(application);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await application.DisposeAsync();
            throw new StartRefusedException(
                $"Health and metrics cannot be served on {endpoint} "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}): free the port, or "
                + "correct httpAddress or httpPort.",
                failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void AddChecks(IServiceCollection services, RelayHealth health) => services
        .AddHealthChecks()
        .AddAsyncCheck("queue", health.CheckQueueAsync, [Live, Ready])
        .AddAsyncCheck("database", health.CheckDatabaseAsync, [Ready])
        .AddCheck("broker", health.CheckBroker, [Ready])
        .AddCheck("chain", health.CheckChain, [Ready]);

    private static void Map(WebApplication application, string tag) =>
        application.MapHealthChecks($"/health/{tag}", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(tag),
            ResponseWriter = static (context, report) => context.Response.WriteAsync(
                string.Concat(report.Entries.Select(static entry =>
                    $"{entry.Key}: {entry.Value.Status} {entry.Value.Description}".TrimEnd()
                        + "\n"))),
        });
}
