using System.Security.Cryptography.X509Certificates;
using Helios.Relay;
using Helios.Tests.HostRelay.Relay;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Tests.HostRelay.Program;

/// <summary>The relay's own broker behind TLS, as its settings make it.</summary>
public class SecureRunTests
{
    private const string Secret =
        "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

    [Fact(Timeout = 120_000)]
    public async Task A_meter_with_the_password_of_the_file_delivers_its_readings_and_no_others()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        var (meter, other) = (await deployment.MeterAsync(), await deployment.MeterAsync());
        using var authority = TestCertificates.Authority("Helios test authority");
        var variables = await SecureVariablesAsync(deployment, authority);
        var file = variables["HELIOS_BROKER_PASSWORD_FILE"];
        var (made, password, _) = await HostRelay.RunAsync(
            variables, "password", file, meter.Address.ToTopicLevel());
        Assert.Equal(0, made);

        await using var program = HostRelay.Start(variables, "run");
        var port = await program.BrokerPortAsync();
        using var client = new MqttClientFactory().CreateMqttClient();
        var answer = await client.ConnectAsync(
            Options(port, meter.Address.ToTopicLevel(), password.Trim()), ct);
        Assert.Equal(MqttClientConnectResultCode.Success, answer.ResultCode);
        Assert.True((await client.PublishBinaryAsync(
            meter.Topic, meter.Sign(1, 1), MqttQualityOfServiceLevel.AtLeastOnce,
            cancellationToken: ct)).IsSuccess);
        Assert.Equal(
            MqttClientPublishReasonCode.NotAuthorized,
            (await client.PublishBinaryAsync(
                other.Topic, other.Sign(1, 1), MqttQualityOfServiceLevel.AtLeastOnce,
                cancellationToken: ct)).ReasonCode);

        using var stranger = new MqttClientFactory().CreateMqttClient();
        var refusal = await stranger.ConnectAsync(
            Options(port, meter.Address.ToTopicLevel(), "a guess"), ct);
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, refusal.ResultCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_file_that_is_missing_or_holds_something_else_is_named_in_one_sentence()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var deployment = await Deployment.StartAsync("--no-mining");
        using var authority = TestCertificates.Authority("Helios test authority");
        var good = await SecureVariablesAsync(deployment, authority);
        var text = deployment.DatabasePath("text");
        await File.WriteAllTextAsync(text, "meter:secret\n", ct);

        foreach (var (variable, content, expected) in new[]
        {
            ("HELIOS_BROKER_CERTIFICATE_FILE", "/nowhere/broker.pem", "brokerCertificateFile"),
            ("HELIOS_BROKER_CERTIFICATE_FILE", text, "it must hold a certificate and its key"),
            ("HELIOS_BROKER_PASSWORD_FILE", text, "line 1 is no name with a hash"),
            ("HELIOS_BROKER_CLIENT_AUTHORITIES_FILE", text, "it holds no certificate"),
            ("HELIOS_LIBSECP256K1", "maybe", "libsecp256k1 is 'maybe', but must be true or"),
            ("HELIOS_BROKER_CERTIFICATE_FILE", null, "Passwords and client certificates need"),
        })
        {
            var variables = new Dictionary<string, string>(good, StringComparer.Ordinal);
            variables.Remove(variable);
            if (content is not null)
            {
                variables[variable] = content;
            }

            var (exitCode, _, error) = await HostRelay.RunAsync(variables, "run");
            Assert.Equal(2, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Single(error.Trim().Split('\n'));
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData("0x5fbdb2315678afecb367f032d93f642f64180aa3")]
    [InlineData("5FBDB2315678AFECB367F032D93F642F64180AA3")]
    public async Task A_meter_s_name_in_another_spelling_is_refused_with_the_right_one(string name)
    {
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, _, error) = await HostRelay.RunAsync(
                new Dictionary<string, string>(StringComparer.Ordinal), "password", file, name);
            Assert.Equal(2, exitCode);
            Assert.Equal(
                $"'{name}' would not be that meter: its name is "
                    + "5fbdb2315678afecb367f032d93f642f64180aa3.",
                error.Trim());
            var hash = PasswordHash.Of("any"u8);
            await File.WriteAllTextAsync(
                file, $"{name}:{hash}\n", TestContext.Current.CancellationToken);
            Assert.Contains(
                "line 1 names a meter in other than 40 lower-case hex digits",
                Assert.Throws<FormatException>(() => PasswordFile.Read(file)).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<Dictionary<string, string>> SecureVariablesAsync(
        Deployment deployment, X509Certificate2 authority)
    {
        var ct = TestContext.Current.CancellationToken;
        using var broker = TestCertificates.IssuedBy(authority, "127.0.0.1");
        using var key = broker.GetECDsaPrivateKey()!;
        var variables = HostRelay.Variables(deployment.Options(), Secret);
        variables["HELIOS_BROKER_CERTIFICATE_FILE"] = deployment.DatabasePath("broker.pem");
        variables["HELIOS_BROKER_PASSWORD_FILE"] = deployment.DatabasePath("passwords");
        await File.WriteAllTextAsync(
            variables["HELIOS_BROKER_CERTIFICATE_FILE"],
            $"{broker.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n",
            ct);
        await File.WriteAllTextAsync(variables["HELIOS_BROKER_PASSWORD_FILE"], "# users\n", ct);
        return variables;
    }

    private static MqttClientOptions Options(int port, string user, string password) =>
        new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", port)
            .WithTlsOptions(static tls => tls.WithCertificateValidationHandler(static seen =>
                seen.Certificate.Subject.Contains("CN=127.0.0.1", StringComparison.Ordinal)))
            .WithCredentials(user, password)
            .Build();
}
