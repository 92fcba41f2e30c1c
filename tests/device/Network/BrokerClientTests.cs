using System.Net.Sockets;
using System.Text;
using Helios.Boards.Hardware;
using Helios.Device;
using Helios.Tests.Device.Bench;

namespace Helios.Tests.Device.Network;

/// <summary>Each way in which the MQTT package fails to connect, under its own name.</summary>
public class BrokerClientTests
{
    public static TheoryData<Exception, SessionResult> LookUps => new()
    {
        { new SocketException((int)SocketError.HostNotFound), SessionResult.NameUnknown },
        { new InvalidOperationException("no IPv4 address"), SessionResult.NameUnknown },
        { new InsufficientMemoryException(), SessionResult.Failed },
    };

    public static TheoryData<Exception, SessionResult> Connections => new()
    {
        { new SocketException((int)SocketError.ConnectionRefused), SessionResult.Unreachable },
        { new InsufficientMemoryException(), SessionResult.Unreachable },
    };

    [Theory]
    [MemberData(nameof(LookUps))]
    public void Tells_an_unknown_name_from_other_failures(Exception thrown, SessionResult expected)
        => Assert.Equal(expected, Open(new Network(() => throw thrown)));

    [Theory]
    [MemberData(nameof(Connections))]
    public void Calls_no_failed_connection_an_unknown_name(
        Exception thrown, SessionResult expected)
        => Assert.Equal(expected, Open(new Network(() => new Wire(thrown))));

    private static SessionResult Open(IBoardNetwork network)
    {
        var result = SessionResult.Opened;
        new BoardHardware(null!, new PinBank(1), network, new NativeHeap(0, 0, 0, 0), 0).Run(() =>
        {
            BrokerClient client = new(Configuration(), new byte[20]);
            result = client.LookUp();
            result = result == SessionResult.Opened ? client.Connect() : result;
            client.Close();
        });
        return result;
    }

    private static DeviceConfiguration Configuration() => new ConfigurationFile(
        new MemoryFlash
        {
            [ConfigurationFile.Name] = Encoding.ASCII.GetBytes(ConfigurationFileTests.Sound),
        },
        new RecordingConsole()).Read();

    private sealed class Network(Func<IMqttWire> resolve) : IBoardNetwork
    {
        public IMqttWire Resolve(string host, int port, bool isSecure) => resolve();
    }

    private sealed class Wire(Exception thrown) : IMqttWire
    {
        public void Open(IMqttReceiver receiver) => throw thrown;

        public void SendConnect(MqttHello hello) => throw thrown;

        public void SendPublish(ushort id, MqttPublication publication) => throw thrown;

        public void SendSubscribe(ushort id, string[] topics, byte[] qosLevels) => throw thrown;

        public void SendUnsubscribe(ushort id, string[] topics) => throw thrown;

        public void SendPing() => throw thrown;

        public void SendDisconnect() => throw thrown;

        public void Close()
        {
        }
    }
}
