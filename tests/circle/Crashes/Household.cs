using Helios.Chain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Supply;
using Helios.Tests.Circle.Histories;
using Helios.Tests.Firmware.Supply;
using Helios.Tests.HostRelay.Relay;

namespace Helios.Tests.Circle.Crashes;

/// <summary>A consumer: his wallet, and his meter, which is the firmware on the bench.</summary>
internal sealed class Household
{
    private const ulong WhPerCoin = PlainChain.WhPerCoin;

    private readonly Random _random;
    private readonly TestMeter _meter;
    private readonly SortedDictionary<uint, byte[]> _outbox = [];
    private int _signed;
    private long _publishedAt;

    public Household(Deployment deployment, SenderKey owner, Random random)
    {
        _random = random;
        Owner = new Wallet(deployment.Node, Deployment.ChainId, owner);
        _meter = new TestMeter(Deployment.ChainId, deployment.Ledger.Address)
        {
            Owner = owner.Address,
        };
        Bench = new SupplyOnTheBench(
            threshold: 2,
            controllers: 3,
            whPerCoin: WhPerCoin,
            maxOpenWh: 100_000,
            ledger: deployment.Ledger.Address.ToArray());
        Energy = new EnergyBooks(Bench, Figures);
    }

    public TestMeter Meter => _meter;

    public Wallet Owner { get; }

    public SupplyOnTheBench Bench { get; }

    public EnergyBooks Energy { get; }

    public HistoryFigures Figures { get; } = new();

    public DeliveryStep Step { get; set; } = DeliveryStep.Done;

    /// <summary>Redeemed, when this delivery's coins have arrived, Wh.</summary>
    public ulong TargetWh { get; set; }

    /// <summary>Everything that it signed and nobody acknowledged, oldest first.</summary>
    public byte[][] Unheard => [.. _outbox.Values];

    public bool IsOutboxEmpty => _outbox.Count == 0;

    /// <summary>Hears what is retained for it, and what the relay has stored.</summary>
    public void Listen(MeterLink link)
    {
        foreach (var (topic, payload) in link.Heard)
        {
            var kind = Topics.Parse(topic, out var meter);
            if (meter is null || !AddressBytes.AreEqual(meter, _meter.Address.ToArray()))
            {
                continue;
            }

            if (kind == TopicKind.Order)
            {
                TakeOrder(topic, payload);
            }
            else if (kind == TopicKind.Acknowledgement)
            {
                TakeAcknowledgement(payload);
            }
        }
    }

    /// <summary>As many controllers as must order it, without a broker between.</summary>
    public void Authorise(ulong levelWh)
    {
        var (meter, ledger) = (_meter.Address.ToArray(), Bench.Configuration.VerifyingContract);
        foreach (var controller in Bench.Controllers[..2])
        {
            Assert.Equal(
                SupplyResult.Taken,
                Bench.Intake.TakeOrder(
                    controller.Address,
                    new(meter, levelWh),
                    controller.Order(meter, levelWh, Deployment.ChainId, ledger),
                    Bench.UptimeMs));
        }
    }

    /// <summary>The meter's clock goes on by half a second, if it has power.</summary>
    public void Run()
    {
        Bench.Run(500);
        for (; _signed < Bench.Signed.Count; _signed++)
        {
            _outbox[Bench.Signed[_signed].Pagination] = _meter.Sign(Bench.Signed[_signed]);
        }
    }

    /// <summary>Uses what is authorised, and signs that the switch has opened.</summary>
    public void UseUp(ulong loadW)
    {
        Bench.LoadW = loadW;
        for (var turns = 0; turns < 120 && Bench.RestWh > 0; turns++)
        {
            Run();
        }

        for (var turns = 0; turns < 10; turns++)
        {
            Run();
        }
    }

    /// <summary>Publishes what is not acknowledged, at once and again after a second.</summary>
    public async Task PublishAsync(MeterLink link)
    {
        if (Environment.TickCount64 - _publishedAt < 1000 && _publishedAt != 0)
        {
            return;
        }

        _publishedAt = Environment.TickCount64;
        foreach (var signed in _outbox.Values.ToArray())
        {
            await link.TryPublishAsync(_meter.Topic, signed);
        }
    }

    /// <summary>Power fails, now or in the middle of a write, and comes back.</summary>
    public void CutPower()
    {
        if (_random.Next(2) == 0)
        {
            Bench.Storage.BytesUntilCut = _random.Next(2048);
            Bench.Run((ulong)_random.Next(1, 3000));
        }

        // What was signed and not acknowledged is gone, but for what is signed once more.
        _signed = Bench.Signed.Count;
        _outbox.Clear();
        _publishedAt = 0;
        Bench.Boot(offMs: (ulong)_random.Next(5000));
        Energy.Restarted(isClean: false);
    }

    private void TakeOrder(string topic, byte[] payload)
    {
        Assert.Equal(
            CodecResult.Done,
            SupplyOrderCodec.Decode(
                payload, _meter.Address.ToArray(), out var order, out var signature));
        var result = Bench.Intake.TakeOrder(
            Topics.ControllerOf(topic), order, signature, Bench.UptimeMs);
        Assert.True(
            result is SupplyResult.Taken or SupplyResult.NotHigher or SupplyResult.NotReady,
            $"An honest order is {result}.");
    }

    private void TakeAcknowledgement(byte[] payload)
    {
        Assert.Equal(
            CodecResult.Done, AcknowledgementCodec.Decode(payload, out var acknowledgement));
        Bench.Meter.Acknowledge(acknowledgement.StoredPagination);
        foreach (var stored in _outbox.Keys
            .Where(pagination => pagination <= acknowledgement.StoredPagination).ToArray())
        {
            _outbox.Remove(stored);
            _publishedAt = 0;
        }
    }
}
