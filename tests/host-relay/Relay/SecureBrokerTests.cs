using System.Security.Cryptography.X509Certificates;
using System.Text;
using Helios.Relay;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>The relay's own broker behind TLS, with clients that have names.</summary>
public sealed class SecureBrokerTests : IDisposable
{
    private const string Password = "correct horse battery staple";
    private readonly X509Certificate2 _broker;
    private readonly X509Certificate2 _authority =
        TestCertificates.Authority("Helios test authority");

    public SecureBrokerTests() => _broker = TestCertificates.IssuedBy(_authority, "127.0.0.1");

    public void Dispose()
    {
        _broker.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_meter_with_its_password_publishes_its_own_readings_and_no_others()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (meter, other) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        await using var relay = await StartAsync(deployment, meter.Address.ToTopicLevel());
        using var client = await ConnectAsync(
            relay, meter.Address.ToTopicLevel(), Password, certificate: null);

        Assert.True((await PublishAsync(client, meter.Topic, meter.Sign(1, 1))).IsSuccess);
        await Condition.MetAsync(() => relay.Figures.Stored == 1);
        var foreign = await PublishAsync(client, other.Topic, other.Sign(1, 1));
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, foreign.ReasonCode);
        Assert.Equal(1, relay.Figures.Stored);
    }

    [Fact]
    public async Task A_meter_hears_its_own_topics_and_nobody_but_the_relay_acknowledges()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var name = meter.Address.ToTopicLevel();
        await using var relay = await StartAsync(deployment, name, "owner");
        using var client = await ConnectAsync(relay, name, Password, certificate: null);
        using var owner = await ConnectAsync(relay, "owner", Password, certificate: null);

        Assert.True(await SubscribesAsync(client, $"helios/v1/{name}/ack"));
        Assert.False(await SubscribesAsync(client, "helios/v1/+/ack"));
        Assert.False(await SubscribesAsync(client, "#"));
        Assert.True(await SubscribesAsync(owner, "helios/v1/+/status"));
        foreach (var anyone in new[] { client, owner })
        {
            var forged = await PublishAsync(anyone, $"helios/v1/{name}/ack", new byte[8]);
            Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, forged.ReasonCode);
        }

        Assert.False((await PublishAsync(owner, meter.Topic, meter.Sign(1, 1))).IsSuccess);
        var enrolment = $"helios/v1/{name}/enrolment";
        Assert.False((await PublishAsync(owner, enrolment, new byte[135])).IsSuccess);
        Assert.NotEqual(
            MqttClientPublishReasonCode.NotAuthorized,
            (await PublishAsync(client, enrolment, new byte[135])).ReasonCode);
        var request = await PublishAsync(owner, $"helios/v1/{name}/request", new byte[89]);
        Assert.NotEqual(MqttClientPublishReasonCode.NotAuthorized, request.ReasonCode);
    }

    [Fact]
    public async Task A_certificate_of_a_trusted_authority_is_a_name_and_one_of_another_is_none()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var name = meter.Address.ToTopicLevel();
        await using var relay = await StartAsync(deployment);
        using var certificate = TestCertificates.IssuedBy(_authority, name);
        using var client = await ConnectAsync(relay, user: null, password: null, certificate);
        Assert.True((await PublishAsync(client, meter.Topic, meter.Sign(1, 1))).IsSuccess);

        using var misspelt = TestCertificates.IssuedBy(_authority, $"{meter.Address}");
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(
            () => ConnectAsync(relay, user: null, password: null, misspelt));
        using var stranger = TestCertificates.Authority("A stranger");
        using var forged = TestCertificates.IssuedBy(stranger, name);
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(
            () => ConnectAsync(relay, user: null, password: null, forged));
    }

    [Theory]
    [InlineData("meter", "wrong")]
    [InlineData("nobody", Password)]
    [InlineData(null, null)]
    public async Task A_wrong_password_a_strange_name_and_no_name_are_refused(
        string? user, string? password)
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await StartAsync(deployment, "meter");
        using var client = new MqttClientFactory().CreateMqttClient();
        var answer = await client.ConnectAsync(
            Options(relay, user, password, certificate: null),
            TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, answer.ResultCode);
    }

    [Fact]
    public async Task Without_TLS_nobody_is_let_in()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        await using var relay = await StartAsync(deployment, "meter");
        using var client = new MqttClientFactory().CreateMqttClient();
        await Assert.ThrowsAnyAsync<MqttCommunicationException>(() => client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", relay.BrokerPort)
                .WithTimeout(TimeSpan.FromSeconds(5))
                .Build(),
            TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stranger_with_a_meter_s_client_id_does_not_silence_its_acknowledgements()
    {
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var meter = await deployment.MeterAsync();
        var name = meter.Address.ToTopicLevel();
        await using var relay = await StartAsync(deployment, name);
        using var client = await ConnectAsync(relay, name, Password, certificate: null, "board");
        var acknowledgements = 0;
        client.ApplicationMessageReceivedAsync += _ =>
        {
            Interlocked.Increment(ref acknowledgements);
            return Task.CompletedTask;
        };
        Assert.True(await SubscribesAsync(client, $"helios/v1/{name}/ack"));

        using var stranger = new MqttClientFactory().CreateMqttClient();
        var refusal = await stranger.ConnectAsync(
            Options(relay, user: null, password: null, certificate: null, "board"),
            TestContext.Current.CancellationToken);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, refusal.ResultCode);

        Assert.True((await PublishAsync(client, meter.Topic, meter.Sign(1, 1))).IsSuccess);
        await Condition.MetAsync(() => Volatile.Read(ref acknowledgements) > 0);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_meter_with_the_client_id_of_another_gets_none_of_its_rights(bool isOwner)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (thief, meter) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        var name = thief.Address.ToTopicLevel();
        var victim = isOwner ? "owner" : meter.Address.ToTopicLevel();
        await using var relay = await StartAsync(deployment, name, victim);
        using var first = await ConnectAsync(relay, victim, Password, null, "board");
        var topic = isOwner
            ? $"helios/v1/{meter.Address.ToTopicLevel()}/request"
            : $"helios/v1/{meter.Address.ToTopicLevel()}/status";

        using var client = new MqttClientFactory().CreateMqttClient();
        var options = Options(relay, name, Password, certificate: null, "board");
        options.CleanSession = false;
        options.WillTopic = topic;
        options.WillPayload = [1];
        options.WillRetain = true;
        await client.ConnectAsync(options, ct);
        Assert.NotNull(await Record.ExceptionAsync(
            () => PublishAsync(client, topic, [1])));
        Assert.NotNull(await Record.ExceptionAsync(
            () => SubscribesAsync(client, "helios/v1/+/order/#")));

        using var again = await ConnectAsync(relay, victim, Password, null, "board");
        var heard = new TaskCompletionSource<byte>();
        again.ApplicationMessageReceivedAsync += message =>
        {
            heard.TrySetResult(message.ApplicationMessage.Payload.FirstSpan[0]);
            return Task.CompletedTask;
        };
        Assert.True(await SubscribesAsync(again, topic));
        Assert.True((await PublishAsync(again, topic, [2])).IsSuccess);
        Assert.Equal(2, await heard.Task);
    }

    [Fact]
    public void A_password_s_hash_survives_being_written_down()
    {
        var password = Encoding.UTF8.GetBytes(Password);
        var hash = PasswordHash.Parse(PasswordHash.Of(password).ToString())!;
        Assert.True(hash.IsOf(password));
        Assert.False(hash.IsOf("another"u8));
        Assert.All(
            new[] { "", "1$2", "0$00$00", $"x${hash.ToString().Split('$', 2)[1]}" },
            text => Assert.Null(PasswordHash.Parse(text)));
    }

    private static Task<MqttClientPublishResult> PublishAsync(
        IMqttClient client, string topic, byte[] payload) => client.PublishBinaryAsync(
            topic,
            payload,
            MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<bool> SubscribesAsync(IMqttClient client, string filter)
    {
        var result = await client.SubscribeAsync(
            filter, MqttQualityOfServiceLevel.AtLeastOnce, TestContext.Current.CancellationToken);
        return result.Items.Single().ResultCode
            == MqttClientSubscribeResultCode.GrantedQoS1;
    }

    private async Task<RelayProcess> StartAsync(Deployment deployment, params string[] users)
    {
        var passwords = users.ToDictionary(
            user => user,
            _ => PasswordHash.Of(Encoding.UTF8.GetBytes(Password)),
            StringComparer.Ordinal);
        return await RelayProcess.StartAsync(
            deployment.Options() with
            {
                BrokerSecurity = new BrokerSecurity(
                    _broker, passwords, users.Length == 0 ? [_authority] : []),
            },
            TestContext.Current.CancellationToken);
    }

    private async Task<IMqttClient> ConnectAsync(
        RelayProcess relay,
        string? user,
        string? password,
        X509Certificate2? certificate,
        string? id = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        try
        {
            var answer = await client.ConnectAsync(
                Options(relay, user, password, certificate, id),
                TestContext.Current.CancellationToken);
            Assert.Equal(MqttClientConnectResultCode.Success, answer.ResultCode);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private MqttClientOptions Options(
        RelayProcess relay,
        string? user,
        string? password,
        X509Certificate2? certificate,
        string? id = null)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", relay.BrokerPort)
            .WithClientId(id ?? Guid.NewGuid().ToString("N"))
            .WithTlsOptions(tls =>
            {
                tls.WithCertificateValidationHandler(seen => string.Equals(
                    seen.Certificate.GetCertHashString(),
                    _broker.GetCertHashString(),
                    StringComparison.Ordinal));
                if (certificate is not null)
                {
                    tls.WithClientCertificates([certificate]);
                }
            });
        return (user is null ? options : options.WithCredentials(user, password)).Build();
    }
}
