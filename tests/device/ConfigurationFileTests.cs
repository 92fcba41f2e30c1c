using System.Globalization;
using System.Text;
using CsCheck;
using Helios.Device;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device;

public class ConfigurationFileTests
{
    public const string Sound = """
        # A meter of the tests.
        chain-id = 31337
        ledger = 0x5FbDB2315678afecb367f032d93F642f64180aa3
        owner = 0x70997970C51812dc3A010C7d01b50e0d17dc79C8   # the roof's owner
        broker = broker.example
        impulses-per-kwh = 1000
        rated-power-w = 11000
        wh-per-coin = 1000
        max-open-wh = 100000
        provisioning-nonce = 000102030405060708090a0b0c0d0e0f

        """;

    private const string First = "0x00000000000000000000000000000000000000a1";
    private const string Second = "0x00000000000000000000000000000000000000b2";

    private readonly MemoryFlash _flash = new();
    private readonly RecordingConsole _console = new();

    [Fact]
    public void Reads_what_must_be_there_and_fills_in_the_rest()
    {
        var configuration = Read(Sound);

        Assert.Empty(_console.Lines);
        Assert.Equal(31337UL, configuration!.Meter.ChainId);
        Assert.Equal(
            "5FBDB2315678AFECB367F032D93F642F64180AA3",
            Convert.ToHexString(configuration.Meter.VerifyingContract));
        Assert.Equal(
            "70997970C51812DC3A010C7D01B50E0D17DC79C8", Convert.ToHexString(configuration.Owner));
        Assert.Equal("broker.example", configuration.Broker);
        Assert.Equal(8883, configuration.BrokerPort);
        Assert.True(configuration.IsBrokerTls);
        Assert.Equal(1000U, configuration.Meter.ImpulsesPerKwh);
        Assert.Equal(11000U, configuration.Meter.MaxPowerW);
        Assert.Equal(1000UL, configuration.Meter.WhPerCoin);
        Assert.Equal(100000UL, configuration.Meter.MaxOpenWh);
        Assert.Equal(0UL, configuration.Meter.CarryWh);
        Assert.Empty(configuration.Controllers);
        Assert.Equal(0, configuration.ControllerThreshold);
        Assert.Equal(900U, configuration.HeartbeatS);
        Assert.Equal("pool.ntp.org", configuration.TimeServer);
        Assert.Equal(16, configuration.ProvisioningNonce.Length);
    }

    [Fact]
    public void Reads_what_may_be_left_out()
    {
        var configuration = Read($"""
            {Sound}
            broker-port=1884
            broker-tls = no
            carry-wh = 999
            controllers = {First} , {Second}
            controller-threshold = 2
            heartbeat-s = 60
            time-server = 192.0.2.1
            key = atecc608
            element-lock = 0123e5f6a1b2c3d4ee
            """);

        Assert.Empty(_console.Lines);
        Assert.Equal(1884, configuration!.BrokerPort);
        Assert.False(configuration.IsBrokerTls);
        Assert.True(configuration.IsKeyInElement);
        Assert.Equal("0123E5F6A1B2C3D4EE", Convert.ToHexString(configuration.ElementLock));
        Assert.Equal(999UL, configuration.Meter.CarryWh);
        Assert.Equal([0xA1, 0xB2], configuration.Controllers.Select(address => address[19]));
        Assert.Equal(2, configuration.ControllerThreshold);
        Assert.Equal(60U, configuration.HeartbeatS);
        Assert.Equal("192.0.2.1", configuration.TimeServer);
    }

    [Fact]
    public void Speaks_in_clear_on_the_port_for_it()
        => Assert.Equal(1883, Read(Sound + "broker-tls = no")!.BrokerPort);

    [Fact]
    public void Takes_the_ends_of_lines_of_every_system_and_a_byte_order_mark()
    {
        Assert.NotNull(Read("\uFEFF" + Sound.ReplaceLineEndings("\r\n").Replace(" = ", "\t=\t")));
        Assert.Empty(_console.Lines);
    }

    [Theory]
    [InlineData("chain-id", "0", "a whole number from 1 to 18446744073709551615")]
    [InlineData(
        "chain-id", "18446744073709551616", "a whole number from 1 to 18446744073709551615")]
    [InlineData("chain-id", "-1", "a whole number from 1 to 18446744073709551615")]
    [InlineData("chain-id", "", "a whole number from 1 to 18446744073709551615")]
    [InlineData("chain-id", "1 000", "a whole number from 1 to 18446744073709551615")]
    [InlineData("impulses-per-kwh", "0", "a whole number from 1 to 100000")]
    [InlineData("impulses-per-kwh", "100001", "a whole number from 1 to 100000")]
    [InlineData("rated-power-w", "1000001", "a whole number from 1 to 1000000")]
    [InlineData("wh-per-coin", "0", "a whole number from 1 to 281474976710655")]
    [InlineData("wh-per-coin", "300", "a number that divides 10^18, such as 1000")]
    [InlineData("max-open-wh", "281474976710656", "a whole number from 0 to 281474976710655")]
    [InlineData("broker", "", Host)]
    [InlineData("broker", "mqtt://broker", Host)]
    [InlineData("broker", "br\u00F6ker", Host)]
    [InlineData("owner", "0x70997970C51812dc3A010C7d01b50e0d17dc79C9", Address)]
    [InlineData("owner", "0x70997970C51812dC3A010C7d01b50e0d17dc79C8", Address)]
    [InlineData("owner", "0x0000000000000000000000000000000000000000", Address)]
    [InlineData("owner", "70997970c51812dc3a010c7d01b50e0d17dc79c8", Address)]
    [InlineData("ledger", "0x1234", Address)]
    [InlineData("ledger", "0x5fbdb2315678afecb367f032d93f642f64180aag", Address)]
    [InlineData("provisioning-nonce", "00", "32 to 64 hex digits of your own random choice")]
    [InlineData(
        "provisioning-nonce",
        "zz0102030405060708090a0b0c0d0e0f",
        "32 to 64 hex digits of your own random choice")]
    public void Says_what_to_write_instead(string key, string value, string expected)
    {
        var lines = Sound.Split('\n');
        var line = Array.FindIndex(lines, text => text.StartsWith(key, StringComparison.Ordinal));
        lines[line] = $"{key} = {value}";

        Assert.Null(Read(string.Join('\n', lines)));

        Assert.Equal(
            [$"helios.cfg line {line + 1}: {key} is '{value.Replace("\u00F6", "??")}'; "
                + $"write {expected}."],
            _console.Lines);
    }

    [Theory]
    [InlineData(
        "broker-port = 65536",
        "broker-port is '65536'; write a whole number from 1 to 65535.")]
    [InlineData("broker-tls = true", "broker-tls is 'true'; write yes or no.")]
    [InlineData("heartbeat-s = 9", "heartbeat-s is '9'; write a whole number from 10 to 86400.")]
    [InlineData("key = atecc508", "key is 'atecc508'; write software or atecc608.")]
    [InlineData(
        "element-lock = 0123",
        "element-lock is '0123'; write the 18 hex digits that the console shows.")]
    [InlineData("time-server = a b", "time-server is 'a b'; write " + Host + ".")]
    [InlineData(
        "controller-threshold = 0",
        "controller-threshold is '0'; write a whole number from 1 to 7.")]
    [InlineData(
        "controllers = " + Second + "," + First,
        "controllers is '" + Second + "," + First + "'; write " + Controllers)]
    [InlineData(
        "controllers = " + First + "," + First,
        "controllers is '" + First + "," + First + "'; write " + Controllers)]
    [InlineData(
        "controllers = " + First + ",",
        "controllers is '" + First + ",'; write " + Controllers)]
    [InlineData("owner = x", "owner stands in line 4 too; keep one of them.")]
    [InlineData("just words", "'just words' has no '='; write key = value.")]
    public void Says_what_is_wrong_with_one_more_line(string line, string sentence)
    {
        Assert.Null(Read(Sound + line));
        Assert.Equal(["helios.cfg line 11: " + sentence], _console.Lines);
    }

    [Fact]
    public void Names_every_key_where_there_is_no_such_key()
    {
        Assert.Null(Read(Sound + "Chain-id = 1"));
        Assert.Equal(
            ["helios.cfg line 11: there is no key 'Chain-id'; the keys are chain-id, ledger, "
            + "owner, broker, impulses-per-kwh, rated-power-w, wh-per-coin, max-open-wh, "
            + "provisioning-nonce, broker-port, broker-tls, carry-wh, controllers, "
            + "controller-threshold, low-credit-wh, heartbeat-s, time-server, key, "
            + "element-lock."],
            _console.Lines);
    }

    [Theory]
    [InlineData("chain-id")]
    [InlineData("ledger")]
    [InlineData("owner")]
    [InlineData("broker")]
    [InlineData("impulses-per-kwh")]
    [InlineData("rated-power-w")]
    [InlineData("wh-per-coin")]
    [InlineData("max-open-wh")]
    [InlineData("provisioning-nonce")]
    public void Says_what_is_missing(string key)
    {
        Assert.Null(Read(string.Join('\n', Sound.Split('\n').Where(
            line => !line.StartsWith(key, StringComparison.Ordinal)))));
        Assert.Equal([$"helios.cfg lacks {key}; add a line {key} = value."], _console.Lines);
    }

    [Theory]
    [InlineData("carry-wh = 1000", "carry-wh", "a number below wh-per-coin, which is 1000")]
    [InlineData(
        "controller-threshold = 1",
        "controller-threshold",
        "no such line, or controllers too")]
    [InlineData(
        "controllers = " + First,
        "controller-threshold",
        "a number from 1 to 1, the number of controllers")]
    [InlineData(
        "controllers = " + First + "\ncontroller-threshold = 2",
        "controller-threshold",
        "a number from 1 to 1, the number of controllers")]
    public void Says_what_two_lines_make_impossible(string lines, string key, string expected)
    {
        Assert.Null(Read(Sound + lines));
        Assert.Equal(
            [$"helios.cfg: {key} does not fit the other lines; write {expected}."], _console.Lines);
    }

    /// <summary>A block of credit is a coin at most, and has to last for two seconds.</summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(8, true)]
    public void Supply_needs_coins_that_outlast_the_writing_of_a_mark(int whPerCoin, bool isSound)
    {
        var small = Sound.Replace(
            "wh-per-coin = 1000", $"wh-per-coin = {whPerCoin}", StringComparison.Ordinal);
        Assert.NotNull(Read(small));
        Assert.Equal(
            isSound,
            Read($"{small}controllers = {First}\ncontroller-threshold = 1") is not null);
        Assert.Equal(
            isSound ? [] : ["helios.cfg: wh-per-coin does not fit the other lines; write at least "
                + "7, or no controllers: with smaller coins the load switch would open at each."],
            _console.Lines);
    }

    [Fact]
    public void Says_every_mistake_at_once()
    {
        Assert.Null(Read("chain-id = x\nnonsense\nbroker-tls = 1"));
        Assert.Equal(3 + 8, _console.Lines.Count);
        Assert.All(_console.Lines, line => Assert.EndsWith(".", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Says_that_there_is_no_file_or_that_it_is_too_long_or_unreadable()
    {
        Assert.Null(new ConfigurationFile(_flash, _console).Read());
        Assert.Null(Read(new string('#', ConfigurationFile.LengthMax + 1)));
        _flash.Broken.Add(ConfigurationFile.Name);
        Assert.Null(new ConfigurationFile(_flash, _console).Read());

        Assert.StartsWith("There is no helios.cfg", _console.Lines[0], StringComparison.Ordinal);
        Assert.Equal(
            "helios.cfg is longer than 2,048 bytes; shorten its comments.", _console.Lines[1]);
        Assert.StartsWith(
            "helios.cfg could not be read", _console.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Never_throws_whatever_the_file_holds() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            MemoryFlash flash = new() { [ConfigurationFile.Name] = bytes };
            return new ConfigurationFile(flash, new RecordingConsole()).Read() is null;
        });

    [Fact]
    public void Its_names_are_in_the_order_of_the_keys() => Assert.Equal(
        Enum.GetNames<ConfigurationKey>(),
        ConfigurationDraft.Names.Select(name => string.Concat(name.Split('-').Select(
            CultureInfo.InvariantCulture.TextInfo.ToTitleCase))));

    private const string Host =
        "a host name or IPv4 address, up to 253 letters, digits, dots and hyphens";

    private const string Address =
        "an address, 0x and 40 hex digits, in one case or with its right checksum";

    private const string Controllers =
        "1 to 7 different addresses in ascending order, with commas between.";

    private DeviceConfiguration? Read(string text)
    {
        _flash[ConfigurationFile.Name] = Encoding.UTF8.GetBytes(text);
        return new ConfigurationFile(_flash, _console).Read();
    }
}
