using System.Threading.Channels;
using Helios.Chain;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace Helios.Relay;

/// <summary>
/// From the queue to the disk: takes what has gathered, verifies it, stores it in one commit, and
/// only
/// then acknowledges. One task; while it commits, the next group gathers.
/// </summary>
internal sealed class ReadingIntake(
    ReadingVerifier verifier,
    EnrolmentLookup enrolments,
    ChainHead head,
    RelayDatabase database,
    IntakeFigures figures,
    ILogger log)
{
    private const int QueueLengthMax = 4_096;
    private const int GroupSizeMax = 500;

    private readonly Channel<IncomingMessage> _queue = Channel.CreateBounded<IncomingMessage>(
        new BoundedChannelOptions(QueueLengthMax) { SingleReader = true });

    /// <summary>Where the broker's handler puts messages.</summary>
    public ChannelWriter<IncomingMessage> Queue => _queue.Writer;

    /// <summary>Called after a commit that stored something.</summary>
    public required Action OnStored { get; init; }

    /// <summary>Completes when everything that is queued now is stored or refused.</summary>
    public async Task WhenPassedAsync(CancellationToken ct)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Queue.WriteAsync(new IncomingMessage(null, passed), ct);
        await passed.Task.WaitAsync(ct);
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(BrokerLink link, CancellationToken ct)
    {
        var group = new List<IncomingMessage>(GroupSizeMax);
        while (await _queue.Reader.WaitToReadAsync(ct))
        {
            group.Clear();
            while (group.Count < GroupSizeMax && _queue.Reader.TryRead(out var message))
            {
                group.Add(message);
            }

            await StoreAsync(group, link, ct);
            foreach (var message in group)
            {
                await FinishAsync(message, ct);
            }
        }
    }

    private async Task StoreAsync(
        List<IncomingMessage> group, BrokerLink link, CancellationToken ct)
    {
        var verified = await VerifyAsync(group, ct);
        if (verified.Count == 0)
        {
            return;
        }

        var now = head.Latest.Timestamp;
        var outcomes = database.Write(connection => verified.ConvertAll(
            item => (item.Reading, Outcome: ReadingTable.Append(
                connection, item.Meter, item.Reading, now))));
        foreach (var (reading, outcome) in outcomes)
        {
            Count(reading, outcome);
        }

        await AcknowledgeAsync(verified, link, ct);
        if (outcomes.Exists(static one => one.Outcome == AppendOutcome.Stored))
        {
            OnStored();
        }
    }

    private async Task<List<(VerifiedReading Reading, MeterRow Meter)>> VerifyAsync(
        List<IncomingMessage> group, CancellationToken ct)
    {
        var verified = new List<(VerifiedReading, MeterRow)>(group.Count);
        foreach (var delivery in group.Select(static message => message.Delivery))
        {
            if (delivery is null)
            {
                continue;
            }

            figures.AddReceived();
            var topic = delivery.ApplicationMessage.Topic;
            var reading = verifier.Verify(
                topic, delivery.ApplicationMessage.Payload, out var reason);
            var meter = reading is null ? null : await FindMeterAsync(reading.Meter, ct);
            if (meter?.Row is { } row)
            {
                verified.Add((reading!, row));
                continue;
            }

            Refuse(topic, meter?.Reason ?? reason);
        }

        return verified;
    }

    private async Task<(MeterRow? Row, RefusalReason Reason)?> FindMeterAsync(
        Address meter, CancellationToken ct)
    {
        try
        {
            return (await enrolments.FindAsync(meter, ct), RefusalReason.NotEnrolled);
        }
        catch (Exception failure)
            when (failure is NodeUnreachableException or NodeRefusedException or FormatException)
        {
            log.NodeUnreachable(failure.Message);
            return (null, RefusalReason.NodeUnreachable);
        }
    }

    private void Count(VerifiedReading reading, AppendOutcome outcome)
    {
        switch (outcome)
        {
            case AppendOutcome.Duplicate or AppendOutcome.NotNewer:
                figures.AddDuplicate();
                break;
            case AppendOutcome.Conflicting:
                log.Conflicting(reading.Meter, reading.Reading.Pagination);
                figures.AddRefused(RefusalReason.Conflicting);
                break;
        }
    }

    private void Refuse(string topic, RefusalReason reason)
    {
        log.Refused(topic, reason);
        figures.AddRefused(reason);
    }

    // Duplicates are acknowledged too: their first acknowledgement may have been lost.
    private async Task AcknowledgeAsync(
        List<(VerifiedReading Reading, MeterRow Meter)> verified,
        BrokerLink link,
        CancellationToken ct)
    {
        var meters = verified.Select(static item => item.Reading.Meter).Distinct().ToArray();
        var rows = database.Read(connection => Array.ConvertAll(
            meters, meter => ReadingTable.FindMeter(connection, meter)!));
        await Task.WhenAll(rows.Select(row => link.AcknowledgeAsync(
            row.Address, row.StoredPagination, row.AcceptedPagination, ct)));
    }

    private static async Task FinishAsync(IncomingMessage message, CancellationToken ct)
    {
        message.Passed?.TrySetResult();
        try
        {
            await (message.Delivery?.AcknowledgeAsync(ct) ?? Task.CompletedTask);
        }
        catch (Exception failure) when (failure is MqttCommunicationException
            or InvalidOperationException or ObjectDisposedException or NullReferenceException
            || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The connection is gone, which the client tells in any of these ways; by a null
            // reference where it has none at all. The broker delivers again: a duplicate.
        }
    }
}
