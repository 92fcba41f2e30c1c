using System.Text;
using Helios.Boards;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.Device.Bench;

/// <summary>
/// A device with a controller, a contactor and a load behind it, whose orders come over the
/// simulated broker.
/// </summary>
internal sealed class SuppliedDevice : IPowerFlow
{
    private static readonly byte[] Ledger =
        Convert.FromHexString("5FbDB2315678afecb367f032d93F642f64180aa3");

    private readonly SigningKey _controller = Key(0x10);
    private readonly SigningKey _owner = Key(0x99);
    private readonly List<Reading> _readings = [];

    public SuppliedDevice(long loadW)
    {
        LoadW = loadW;
        Bench = new DeviceOnTheBench();
        var text = ConfigurationFileTests.Sound.Replace(
                "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", Hex(_owner), StringComparison.Ordinal)
            + $"broker-tls = no\ncontrollers = {Hex(_controller)}\ncontroller-threshold = 1\n";
        Bench.Board.Flash.Place(ConfigurationFile.Name, Encoding.ASCII.GetBytes(text));
        Outputs = new PulseOutputs(
            Bench.Board.Clock, new LoadBehindContactor(this, Bench.Board.Contactor), 1000);
        Bench.Board.Contactor.Changing += () => _ = Outputs.Import.Pulses;
        Bench.Board.Pins[BoardPins.ImportPulse].Pulses = Outputs.Import;
        Bench.Board.Broker.Published += OnPublished;
        Bench.Board.SwitchOn();
        Bench.RunSeconds(120);
        Assert.True(Bench.Links.Condition.IsConnected);
    }

    public DeviceOnTheBench Bench { get; }

    public PulseOutputs Outputs { get; }

    public long LoadW { get; set; }

    public IReadOnlyList<Reading> Readings => _readings;

    public bool Conducts => Bench.Board.Contactor.ConductsAt(Bench.Board.Clock.NowMs, out _);

    private byte[] Meter => Bench.Links.Identity.Address;

    public long MilliwattsAt(ulong atMs, out ulong untilMs)
    {
        untilMs = atMs + 60_000;
        return -1000 * LoadW;
    }

    public void Order(ulong levelWh, SigningKey? by = null)
    {
        SupplyOrder order = new(Meter, levelWh);
        var signature = Sign(
            by ?? _controller, (digests, digest) => digests.OfOrder(order, digest));
        var message = new byte[SupplyOrderCodec.Length];
        Assert.Equal(CodecResult.Done, SupplyOrderCodec.Encode(order, signature, message));
        Publish(Topics.BuildOrder(Meter, Address(_controller)), message, isRetained: true);
    }

    /// <summary>Forged orders under the controller's topic, without a pause.</summary>
    public void Flood(int times)
    {
        var topic = Topics.BuildOrder(Meter, Address(_controller));
        for (var i = 0; i < times; i++)
        {
            var message = new byte[SupplyOrderCodec.Length];
            Bench.Board.Broker.Publish(new MqttPublication(topic, message, 1, false));
        }
    }

    public void Request(byte action, uint number, ulong level = 0)
    {
        var argument = new byte[20];
        BigEndian.Write(argument, 12, 8, level);
        OwnerRequest request = new(Meter, action, number, argument);
        var signature = Sign(_owner, (digests, digest) => digests.OfRequest(request, digest));
        var message = new byte[OwnerRequestCodec.Length];
        Assert.Equal(CodecResult.Done, OwnerRequestCodec.Encode(request, signature, message));
        Publish(Topics.Build(TopicKind.Request, Meter), message, isRetained: false);
    }

    public void Replace(ControllerSet next, bool isRetained = true)
    {
        var signature = Sign(
            _controller, (digests, digest) => digests.OfControllers(next, digest));
        Assert.Equal(
            CodecResult.Done, ControllerSetCodec.Encode(next, [signature], out var message));
        Publish(Topics.BuildControllers(Meter, next.Number), message, isRetained);
    }

    public static SigningKey Key(byte secret)
        => new([.. Enumerable.Repeat(secret, 32)], new DotnetHmacSha256());

    public static byte[] Address(SigningKey key)
    {
        var address = new byte[20];
        key.CopyAddressTo(address, 0);
        return address;
    }

    private static string Hex(SigningKey key)
        => "0x" + Convert.ToHexStringLower(Address(key));

    private static byte[] Sign(SigningKey key, Action<Eip712Digest, byte[]> hash)
    {
        byte[] digest = new byte[32], signature = new byte[64];
        hash(new Eip712Digest(new Eip712Domain(31337, Ledger)), digest);
        key.Sign(digest, signature);
        return signature;
    }

    private void Publish(string topic, byte[] message, bool isRetained)
    {
        Bench.Board.Broker.Publish(new MqttPublication(topic, message, 1, isRetained));
        Bench.RunSeconds(5);
    }

    private void OnPublished(MqttPublication publication)
    {
        if (Topics.Parse(publication.Topic, out _) == TopicKind.Reading
            && ReadingCodec.Decode(publication.Payload, out var reading, out _) == CodecResult.Done)
        {
            _readings.Add(reading);
        }
    }
}
