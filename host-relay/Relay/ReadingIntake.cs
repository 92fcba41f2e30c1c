using System.Threading.Channels;
using Helios.Chain;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Helios.Relay;

/// <summary>
/// From the broker to the disk: takes what has gathered, verifies it, stores it in one commit, and
/// only then acknowledges. One task; while it commits, the next group gathers.
/// </summary>
internal sealed class ReadingIntake(
    ReadingVerifier verifier,
    EnrolmentLookup enrolments,
    ChainHead head,
    RelayDatabase database,
    IntakeFigures figures,
    ILogger log)
{
    // Each holds a topic and a payload of known length, about 1 KB with what the client adds.
    private const int QueueLengthMax = 32_768;
    private const int GroupSizeMax = 500;

    private readonly Channel<IncomingMessage> _queue = Channel.CreateBounded<IncomingMessage>(
        new BoundedChannelOptions(QueueLengthMax) { SingleReader = true });

    /// <summary>Called after a commit that stored something.</summary>
    public required Action OnStored { get; init; }

    /// <summary>
    /// Queues a message that may be a reading; refuses one that cannot be, before it takes memory.
    /// </summary>
    public bool TryTake(MqttApplicationMessageReceivedEventArgs delivery)
    {
        figures.AddReceived();
        var message = delivery.ApplicationMessage;
        if (!ReadingVerifier.MayBeReading(message.Topic, message.Payload.Length, out var reason))
        {
            Refuse(reason);
            return false;
        }

        if (!_queue.Writer.TryWrite(new IncomingMessage(delivery, null)))
        {
            Refuse(RefusalReason.QueueFull);
            return false;
        }

        return true;
    }

    /// <summary>Completes when everything that is queued now is stored or refused.</summary>
    public async Task WhenPassedAsync(CancellationToken ct)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new IncomingMessage(null, passed), ct);
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
        var isNodeAway = false;
        foreach (var delivery in group.Select(static message => message.Delivery))
        {
            if (delivery is null)
            {
                continue;
            }

            var message = delivery.ApplicationMessage;
            var reading = verifier.Verify(message.Topic, message.Payload, out var reason);
            if (reading is null)
            {
                Refuse(reason);
                continue;
            }

            // Asking a node that does not answer takes its time limit: once a group is enough, or
            // strangers could hold up the readings of meters that are known.
            var row = enrolments.FindKnown(reading.Meter);
            if (row is null && !isNodeAway)
            {
                (row, isNodeAway) = await AskAsync(reading.Meter, ct);
            }

            if (row is null)
            {
                Refuse(isNodeAway ? RefusalReason.NodeUnreachable : RefusalReason.NotEnrolled);
                continue;
            }

            verified.Add((reading, row));
        }

        return verified;
    }

    private async Task<(MeterRow? Row, bool IsNodeAway)> AskAsync(
        Address meter, CancellationToken ct)
    {
        try
        {
            return (await enrolments.AskAsync(meter, ct), false);
        }
        catch (Exception failure)
            when (failure is NodeUnreachableException or NodeRefusedException or FormatException)
        {
            log.NodeUnreachable(failure.Message);
            return (null, true);
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

    private void Refuse(RefusalReason reason)
    {
        log.Refused(reason);
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
