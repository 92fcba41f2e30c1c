using System.Data.Common;
using System.Diagnostics.Metrics;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// The relay's figures as instruments of System.Diagnostics.Metrics. Counters begin at 0 with the
/// process; what asks the database leaves it out while it is away.
/// </summary>
internal sealed class RelayMetrics : IDisposable
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string Name = "Helios.Relay";

    private readonly Meter _meter = new(Name);

    /// <param name="intake">What came in.</param>
    /// <param name="submission">What went out.</param>
    /// <param name="queue">Where readings wait for their commit.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="head">The newest block.</param>
    public RelayMetrics(
        IntakeFigures intake,
        SubmissionFigures submission,
        ReadingIntake queue,
        IRelayStore store,
        ChainHead head)
    {
        Count("received", "Messages taken from the broker.", () => intake.Received);
        Count("stored", "Readings acknowledged, repetitions included.", () => intake.Stored);
        Count("duplicates", "Readings that were stored before.", () => intake.Duplicates);
        Count("transactions.signed", "Transactions signed.", () => submission.Signed);
        Count("transactions.confirmed", "Seen in a block.", () => submission.Confirmed);
        Count("transactions.reverted", "Of these, reverted.", () => submission.Reverted);
        Count("transactions.undone", "Whose block is gone.", () => submission.Undone);
        Count("accepted", "Readings that counted.", () => submission.Accepted);
        Count("coins", "Whole coins minted.", () => submission.Coins);
        Count("gas", "Gas paid for.", () => submission.Gas);
        _meter.CreateObservableCounter(
            Named("refused"),
            () => Enum.GetValues<RefusalReason>().Select(reason => new Measurement<long>(
                intake.RefusedFor(reason),
                new KeyValuePair<string, object?>("reason", $"{reason}"))),
            description: "Messages refused.");
        _meter.CreateObservableCounter(
            Named("skipped"),
            () => Enum.GetValues<SkipReason>().Skip(1).Select(reason => new Measurement<long>(
                submission.Skipped(reason),
                new KeyValuePair<string, object?>("reason", $"{reason}"))),
            description: "Readings that blocks skipped.");
        Gauge("queue.length", "Readings that wait for their commit.", () => [queue.QueueLength]);
        Gauge("block.number", "The newest block.", () => [(long)head.Latest.Number]);
        Gauge("block.timestamp", "Its time, Unix seconds.", () => [(long)head.Latest.Timestamp]);
        Gauge("pending", "Readings that wait for a transaction.", () => Ask(
            store, static connection => FiguresReader.CountPending(connection)));
        Gauge("unconfirmed", "Transactions that no block contains.", () => Ask(
            store, static connection => OutgoingTable.CountSent(connection)));
        intake.Times = _meter.CreateHistogram<double>(
            Named("store.duration"),
            "s",
            "From a message to its commit.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
            });
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static string Named(string name) => $"helios.relay.{name}";

    private static long[] Ask(IRelayStore store, Func<DbConnection, long> count)
    {
        try
        {
            return [store.Read(count)];
        }
        catch (StoreUnavailableException)
        {
            return [];
        }
    }

    private void Count(string name, string description, Func<long> value) =>
        _meter.CreateObservableCounter(Named(name), value, description: description);

    private void Gauge(string name, string description, Func<long[]> values) =>
        _meter.CreateObservableGauge(
            Named(name),
            () => Array.ConvertAll(values(), static one => new Measurement<long>(one)),
            description: description);
}
