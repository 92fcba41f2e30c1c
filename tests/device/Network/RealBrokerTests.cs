using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Helios.Boards.Simulated;
using Helios.Device;
using Helios.Messaging;
using Helios.Tests.Device.Bench;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Helios.Tests.Device.Network;

/// <summary>A whole device and a broker that knows nothing of it, over TCP.</summary>
public sealed class RealBrokerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<MqttApplicationMessage> _published = new();
    private MqttServer _broker = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        _port = FreePort();
        _broker = new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(_port)
            .Build());
        _broker.InterceptingPublishAsync += publish =>
        {
            _published.Enqueue(publish.ApplicationMessage);
            return Task.CompletedTask;
        };
        await _broker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.StopAsync();
        _broker.Dispose();
    }

    [Fact]
    public void Readings_come_with_QoS_1_and_the_status_is_kept()
    {
        var bench = Start();
        AcknowledgeAll();
        Run(bench, 1100);

        var reading = Last("/reading")!;
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, reading.QualityOfServiceLevel);
        Assert.Equal(
            CodecResult.Done, ReadingCodec.Decode(reading.Payload.ToArray(), out _, out _));
        Assert.Equal(0, bench.Links.Outbox.Count);

        var status = Last("/status")!;
        Assert.True(status.Retain);
        Assert.True(IsOnline(status));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_Enrolment_that_it_printed_is_kept_and_comes_again_on_each_connection(
        bool hasElement)
    {
        var bench = Start(element: hasElement ? new ElementMemory(serial: 1) : null);
        var printed = bench.Board.Console.Lines.Single(line => line.StartsWith(
            EnrolmentCodec.LineStart, StringComparison.Ordinal));

        var enrolment = Assert.Single(All("/enrolment"));
        Assert.Equal(
            $"helios/v1/{Topics.ToHex(bench.Links.Identity.Address)}/enrolment", enrolment.Topic);
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, enrolment.QualityOfServiceLevel);
        Assert.True(enrolment.Retain);
        Assert.Equal(
            printed[EnrolmentCodec.LineStart.Length..],
            Convert.ToHexStringLower(enrolment.Payload.ToArray()));

        Run(bench, 60);
        Assert.Single(All("/enrolment"));
        bench.Board.CutPower();
        bench.Board.SwitchOn();
        Run(bench, 60);
        Assert.Equal(
            enrolment.Payload.ToArray(), All("/enrolment").Skip(1).Single().Payload.ToArray());
    }

    [Fact]
    public async Task Another_client_sees_the_will_of_a_meter_that_lost_its_power()
    {
        var bench = Start();
        Assert.True(bench.Links.Condition.IsConnected);
        using var other = new MqttClientFactory().CreateMqttClient();
        TaskCompletionSource<bool> said = new();
        other.ApplicationMessageReceivedAsync += received =>
        {
            if (!received.ApplicationMessage.Retain)
            {
                said.TrySetResult(IsOnline(received.ApplicationMessage));
            }

            return Task.CompletedTask;
        };
        await other.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port).Build(),
            TestContext.Current.CancellationToken);
        await other.SubscribeAsync(
            "helios/v1/+/status", cancellationToken: TestContext.Current.CancellationToken);
        bench.Board.CutPower();

        Assert.False(await said.Task.WaitAsync(
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_refusal_is_told_and_tried_again_later()
    {
        _broker.ValidatingConnectionAsync += connecting =>
        {
            connecting.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        var bench = Start();
        Run(bench, 600);

        Assert.False(bench.Links.Condition.IsConnected);
        AssertFailedAs(SessionResult.Refused, refusal: 5, bench);
        Assert.InRange(bench.Links.Store.FailedAttempts, 6, 11);
        Assert.Equal(1, bench.Board.Boots);
    }

    [Fact]
    public void A_peer_that_accepts_and_says_nothing_is_told_and_tried_again_later()
    {
        using TcpListener mute = new(IPAddress.Loopback, 0);
        mute.Start();
        var bench = Start(((IPEndPoint)mute.LocalEndpoint).Port);

        Assert.False(bench.Links.Condition.IsConnected);
        AssertFailedAs(SessionResult.Mute, refusal: 0, bench);
        Assert.InRange(bench.Links.Store.FailedAttempts, 2, 7);
        Assert.InRange(bench.Meter.ExportImpulses, 55U, 65U);
        Assert.Equal(1, bench.Board.Boots);
    }

    private static void AssertFailedAs(SessionResult result, uint refusal, DeviceOnTheBench bench)
    {
        List<uint> said = [];
        for (var age = 0; age < bench.Links.Trace.Count; age++)
        {
            if (bench.Links.Trace.Read(age, out var argument, out _) == TraceCode.BrokerFailed)
            {
                said.Add(argument);
            }
        }

        Assert.NotEmpty(said);
        Assert.All(said, argument => Assert.Equal((refusal << 8) + (uint)result, argument));
    }

    private static bool IsOnline(MqttApplicationMessage status)
    {
        using var json = JsonDocument.Parse(status.Payload.ToArray());
        return json.RootElement.GetProperty("online").GetBoolean();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private DeviceOnTheBench Start(int? port = null, ElementMemory? element = null)
    {
        DeviceOnTheBench bench = new(options: new BoardOptions
        {
            Element = element,
            BrokerPort = port ?? _port,
            BrokerAnswer = TimeSpan.FromSeconds(port is null ? 30 : 1),
        });
        if (element is not null)
        {
            bench.Board.Flash.Place(
                ConfigurationFile.Name,
                Encoding.ASCII.GetBytes(
                    $"{ConfigurationFileTests.Sound}\nbroker-tls = no\nkey = atecc608\n"
                    + $"element-lock = {Convert.ToHexStringLower(element.Serial)}\n"));
        }

        bench.Board.SwitchOn();
        Run(bench, 60);
        return bench;
    }

    // The board's time stands still while the broker's answer is under way.
    private static void Run(DeviceOnTheBench bench, ulong seconds)
    {
        var untilMs = bench.Board.Clock.NowMs + (seconds * 1000);
        while (!bench.Board.RunUntil(untilMs))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Thread.Sleep(1);
        }
    }

    private void AcknowledgeAll() => _broker.InterceptingPublishAsync += async publish =>
    {
        var topic = publish.ApplicationMessage.Topic;
        if (topic.EndsWith("/reading", StringComparison.Ordinal))
        {
            byte[] answer = [.. publish.ApplicationMessage.Payload.ToArray()[..4], 0, 0, 0, 0];
            await _broker.InjectApplicationMessage(new InjectedMqttApplicationMessage(
                new MqttApplicationMessageBuilder()
                    .WithTopic(topic.Replace("/reading", "/ack", StringComparison.Ordinal))
                    .WithPayload(answer)
                    .Build()));
        }
    };

    private MqttApplicationMessage? Last(string topicEnd) => All(topicEnd).LastOrDefault();

    private IEnumerable<MqttApplicationMessage> All(string topicEnd) => _published.Where(
        message => message.Topic.EndsWith(topicEnd, StringComparison.Ordinal));
}
