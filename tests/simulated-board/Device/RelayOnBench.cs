using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Messaging;
using Helios.Metering;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// A relay that stores what comes and acknowledges it, unless its answers are lost; and the judge
/// of what may never come: a pagination that says two things, a register that falls.
/// </summary>
internal sealed class RelayOnBench
{
    private readonly SortedDictionary<uint, byte[]> _readings = [];
    private readonly SimulatedBroker _broker;

    internal RelayOnBench(SimulatedBroker broker)
    {
        _broker = broker;
        broker.Published += OnPublished;
    }

    /// <summary>False: readings are stored, acknowledgements are not sent.</summary>
    internal bool Acknowledges { get; set; } = true;

    /// <summary>Readings stored.</summary>
    internal int Count => _readings.Count;

    /// <summary>The reading with the highest pagination, or null.</summary>
    internal Reading? Last => _readings.Count == 0 ? null : Decode(_readings.Last().Value);

    /// <summary>Every pair of neighbours, after the last one.</summary>
    internal void AssertRegistersNeverFall()
    {
        Reading? before = null;
        foreach (var message in _readings.Values)
        {
            var reading = Decode(message);
            if (before is not null)
            {
                Assert.True(reading.ExportWh >= before.ExportWh, "The export register fell.");
                Assert.True(reading.ImportWh >= before.ImportWh, "The import register fell.");
            }

            before = reading;
        }
    }

    private static Reading Decode(byte[] message)
    {
        Assert.Equal(CodecResult.Done, ReadingCodec.Decode(message, out var reading, out _));
        return reading;
    }

    private void OnPublished(MqttPublication publication)
    {
        if (Topics.Parse(publication.Topic, out var meter) != TopicKind.Reading)
        {
            return;
        }

        var pagination = Decode(publication.Payload).Pagination;
        if (_readings.TryGetValue(pagination, out var known))
        {
            Assert.Equal(known, publication.Payload);
        }

        _readings[pagination] = publication.Payload;
        if (Acknowledges)
        {
            _broker.Publish(new MqttPublication(
                Topics.Build(TopicKind.Acknowledgement, meter),
                AcknowledgementCodec.Encode(new Acknowledgement(_readings.Keys.Last(), 0)),
                1,
                false));
        }
    }
}
