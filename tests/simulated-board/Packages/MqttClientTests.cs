using System.Net.Sockets;
using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Helios.Tests.SimulatedBoard.Packages;

/// <summary>What reference works of M2Mqtt 5.1.220 say that it does, done here.</summary>
public sealed class MqttClientTests
{
    private readonly List<string> _seen = [];
    private MqttClient? _client;
    private NetworkWeather? _weather;

    [Fact]
    public void A_name_that_is_not_found_throws_in_the_constructor_after_a_freeze()
    {
        var board = Board(platform =>
        {
            See(Caught(() => new MqttClient("broker")));
            See($"at {platform.Threads.UptimeMs}");
        });
        board.Weather.HasDns = false;
        board.RunUntil(60_000);

        Assert.Equal([nameof(SocketException), "at 17500"], _seen);
    }

    [Theory]
    [InlineData(BrokerMood.Refuses, nameof(MqttConnectionException))]
    [InlineData(BrokerMood.Unreachable, nameof(MqttConnectionException))]
    [InlineData(BrokerMood.Mute, nameof(MqttCommunicationException))]
    [InlineData(BrokerMood.NotAuthorised, "5")]
    [InlineData(BrokerMood.Accepts, "0")]
    public void Connect_ends_as_the_broker_answers(BrokerMood mood, string end)
    {
        var board = Board(_ => See(Caught(() => See($"{(int)Connect()}"))));
        board.Weather.Broker = mood;
        board.RunUntil(120_000);

        Assert.Equal(end, _seen[0]);
    }

    [Fact]
    public void A_mute_peer_behind_TLS_freezes_the_board_until_the_watchdog_acts()
    {
        var board = Board(_ => Caught(() => new MqttClient(
            "broker", 8883, true, null, null, MqttSslProtocols.TLSv1_2).Connect("meter")),
            new BoardOptions());
        board.Weather.Broker = BrokerMood.Mute;
        board.RunUntil(119_999);

        Assert.Equal(1, board.Watchdog.Resets);
    }

    [Fact]
    public void A_message_of_QoS_1_is_told_published_when_it_is_acknowledged()
    {
        var board = Board(_ =>
        {
            Connect();
            See($"id {Publish("t")}");
        });
        board.RunUntil(60_000);

        Assert.Equal(["id 1", "published 1 True"], _seen);
        Assert.Equal(1, board.Broker.Messages);
    }

    [Fact]
    public void Without_an_answer_it_is_sent_three_times_and_told_not_published()
    {
        var board = Board(platform =>
        {
            Connect();
            _weather!.AnswerLoss = 1;
            Publish("t");
        });
        _weather = board.Weather;
        board.RunUntil(60_000);

        Assert.Equal(["published 1 False"], _seen);
        Assert.Equal(3, board.Broker.Messages);
    }

    [Fact]
    public void What_is_queued_at_close_is_lost_without_an_event()
    {
        var board = Board(platform =>
        {
            Connect();
            _weather!.AnswerLoss = 1;
            Publish("t");
            _client!.Close();
        });
        _weather = board.Weather;
        board.RunUntil(60_000);

        Assert.Empty(_seen);
        Assert.False(_client!.IsConnected);
    }

    [Fact]
    public void Publish_queues_without_a_connection_and_without_a_bound_unless_one_is_set()
    {
        Board(_ =>
        {
            Make();
            for (var number = 0; number < 1000; number++)
            {
                Publish("t");
            }

            MqttSettings.Instance.InflightQueueSize = 1000;
            See(Caught(() => Publish("t")));
        }).RunUntil(60_000);

        Assert.Equal([nameof(MqttClientException)], _seen);
    }

    [Fact]
    public void A_silent_link_is_noticed_after_up_to_twice_the_keep_alive()
    {
        var board = Board(platform =>
        {
            Connect(keepAliveSeconds: 60);
            See($"connected at {platform.Threads.UptimeMs / 1000}");
            _client!.ConnectionClosed += (_, _) =>
                See($"closed at {platform.Threads.UptimeMs / 1000}");
        });
        board.Clock.At(10_000, () => board.Broker.Drop(isTold: false));
        board.RunUntil(300_000);

        Assert.Equal(["connected at 3", "closed at 123"], _seen);
        Assert.False(_client!.IsConnected);
    }

    [Fact]
    public void An_exception_in_a_handler_closes_the_connection()
    {
        var board = Board(_ =>
        {
            Connect();
            _client!.MqttMsgPublished += (_, _) => throw new InvalidOperationException();
            _client.ConnectionClosed += (_, _) => See("closed");
            Publish("t");
        });
        board.RunUntil(60_000);

        Assert.Equal(["published 1 True", "closed"], _seen);
    }

    [Fact]
    public void What_the_broker_publishes_arrives_and_the_will_is_published_when_the_link_breaks()
    {
        var board = Board(_ =>
        {
            Make();
            _client!.Connect(
                "meter",
                null,
                null,
                true,
                MqttQoSLevel.AtLeastOnce,
                true,
                "will",
                "gone",
                true,
                60);
            _client.MqttMsgPublishReceived += (_, e) => See($"{e.Topic} {e.Message[0]}");
            _client.Subscribe(["orders"], [MqttQoSLevel.AtLeastOnce]);
        });
        board.Clock.At(
            20_000, () => board.Broker.Publish(new MqttPublication("orders", [7], 1, false)));
        board.Clock.At(30_000, () => board.Broker.Drop(isTold: true));
        board.RunUntil(60_000);

        Assert.Equal(["orders 7"], _seen);
        Assert.Equal("gone"u8.ToArray(), board.Broker.Retained("will")!.Payload);
    }

    private static string Caught(Action action)
    {
        try
        {
            action();
            return "nothing";
        }
        catch (Exception caught)
        {
            return caught.GetType().Name;
        }
    }

    // One turn with the link up, as a network stage would take it.
    private static Boards.Simulated.SimulatedBoard Board(
        Action<Platform> turn, BoardOptions? options = null) => Bench.SwitchOn(
            platform => platform.Stage(now =>
            {
                if (!platform.Link.IsUp)
                {
                    platform.Link.Connect();
                    return now + 3500;
                }

                turn(platform);
                return ulong.MaxValue;
            }),
            options);

    private void Make()
    {
        _client = new MqttClient("broker", 1883, false, null, null, MqttSslProtocols.None);
        _client.MqttMsgPublished += (_, e) => See($"published {e.MessageId} {e.IsPublished}");
    }

    private MqttReasonCode Connect(ushort keepAliveSeconds = 60)
    {
        Make();
        return _client!.Connect("meter", null, null, true, keepAliveSeconds);
    }

    private ushort Publish(string topic) =>
        _client!.Publish(topic, [1, 2, 3], null, null, MqttQoSLevel.AtLeastOnce, false);

    private void See(string what) => _seen.Add(what);
}
