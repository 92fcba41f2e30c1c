using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace Helios.Relay;

/// <summary>Sends traces to a collector, OTLP over HTTP; one that is away costs traces.</summary>
internal static class TraceExport
{
    /// <summary>Disposing it sends what is left; null if nobody wants traces.</summary>
    public static TracerProvider? Start(RelayOptions options) => options.TracesUrl is not { } url
        ? null
        : Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddRelay(options.Sender.Address))
            .AddSource(ReadingTrace.Name)

            // By the trace's id: every copy chooses the same readings.
            .SetSampler(new TraceIdRatioBasedSampler(options.TracedPerMille / 1_000.0))
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = url;
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            })
            .Build();
}
