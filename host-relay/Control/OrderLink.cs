using Helios.Chain;
using Helios.Messaging;
using Helios.Relay;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Control;

/// <summary>
/// Publishes the highest order of each meter, retained, to the meters' broker: each when it is
/// new, and all of them on every new connection and now and then, since a broker may forget and a
/// stranger may overwrite; then also the sets of controllers that were kept. A meter keeps the
/// highest value and the newest set, so a repetition does nothing.
/// </summary>
internal sealed class OrderLink : IDisposable
{
    private const int BackOffSecondsMax = 60;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly SemaphoreSlim _wakeUp = new(0, 1);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<Address, ulong> _publishedWh = [];
    private readonly HashSet<Address> _refused = [];
    private readonly Address _controller;
    private readonly ControlStore _store;
    private readonly ControlOptions _options;
    private readonly ILogger _log;
    private bool _areSetsPublished;
    private long _publishedAllAt;

    public OrderLink(ControlOptions options, ControlStore store, ILogger log)
    {
        _controller = options.Key.Address;
        _options = options;
        _store = store;
        _log = log;
    }

    /// <summary>Meters whose topics the broker does not let this controller write.</summary>
    public int MetersRefused => _refused.Count;

    /// <summary>Publishes soon.</summary>
    public void WakeUp()
    {
        lock (_wakeUp)
        {
            if (_wakeUp.CurrentCount == 0)
            {
                _wakeUp.Release();
            }
        }
    }

    /// <summary>The first connection.</summary>
    /// <exception cref="StartRefusedException">The broker does not answer or refuses.</exception>
    public async Task ConnectAsync(CancellationToken ct)
    {
        try
        {
            await PublishAsync(ct);
        }
        catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
        {
            throw new StartRefusedException(
                $"The broker {BrokerConnection.NameOf(_options.BrokerUrl)} cannot be used "
                + $"({failure.GetBaseException().Message.TrimEnd('.')}): start it or "
                + "correct brokerUrl.",
                failure);
        }
    }

    /// <summary>Keeps the broker's orders as the store has them, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var backOffSeconds = 1;
        while (true)
        {
            try
            {
                await _wakeUp.WaitAsync(LookInterval, ct);
                await PublishAsync(ct);
                backOffSeconds = 1;
            }
            catch (Exception failure) when (BrokerConnection.IsOfTheBroker(failure, ct))
            {
                _log.BrokerLost(
                    BrokerConnection.NameOf(_options.BrokerUrl), failure.Message, backOffSeconds);
                await Task.Delay(TimeSpan.FromSeconds(backOffSeconds), ct);
                backOffSeconds = Math.Min(2 * backOffSeconds, BackOffSecondsMax);
            }
        }
    }

    /// <summary>Connects if need be, and publishes what the broker does not have yet.</summary>
    public async Task PublishAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (!_client.IsConnected)
            {
                await BrokerConnection.OpenAsync(
                    _client, BrokerConnection.OptionsOf(_options.BrokerUrl).Build(), ct);
                _publishedWh.Clear();
                _areSetsPublished = false;
            }

            await PublishChangedAsync(ct);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _wakeUp.Dispose();
        _gate.Dispose();
    }

    private async Task PublishChangedAsync(CancellationToken ct)
    {
        if (Environment.TickCount64 - _publishedAllAt
            >= _options.RepublishInterval.TotalMilliseconds)
        {
            _publishedWh.Clear();
            _areSetsPublished = false;
            _publishedAllAt = Environment.TickCount64;
        }

        if (!_areSetsPublished)
        {
            await PublishSetsAsync(ct);
            _areSetsPublished = true;
        }

        var changed = _store.Newest
            .Where(order => _publishedWh.GetValueOrDefault(order.Meter) < order.AuthorisedWh)
            .ToArray();
        var published = 0;
        foreach (var order in changed)
        {
            published += await TryPublishAsync(order.Meter, MessageOf(order), ct) ? 1 : 0;
            _publishedWh[order.Meter] = order.AuthorisedWh;
        }

        if (published > 0)
        {
            _log.Published(published, BrokerConnection.NameOf(_options.BrokerUrl));
        }
    }

    private async Task PublishSetsAsync(CancellationToken ct)
    {
        foreach (var (number, message) in _store.Sets())
        {
            foreach (var meter in _store.Meters)
            {
                await TryPublishAsync(
                    meter,
                    Retained(Topics.BuildControllers(meter.ToArray(), number), message),
                    ct);
            }
        }
    }

    // A meter that is not this broker's must not hold up the others: anybody can redeem for one.
    private async Task<bool> TryPublishAsync(
        Address meter, MqttApplicationMessage message, CancellationToken ct)
    {
        if (await BrokerConnection.TryPublishAsync(_client, message, ct))
        {
            _refused.Remove(meter);
            return true;
        }

        if (_refused.Add(meter))
        {
            _log.TopicRefused(
                BrokerConnection.NameOf(_options.BrokerUrl), meter, message.Topic);
        }

        return false;
    }

    private MqttApplicationMessage MessageOf(SignedOrder order) => Retained(
        Topics.BuildOrder(order.Meter.ToArray(), _controller.ToArray()), order.Message);

    private static MqttApplicationMessage Retained(string topic, byte[] payload) =>
        new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithRetainFlag()
            .Build();
}
