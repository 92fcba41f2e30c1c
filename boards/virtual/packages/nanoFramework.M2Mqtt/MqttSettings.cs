using Helios.Boards.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>Settings of all clients of a board.</summary>
public class MqttSettings
{
    /// <summary>Port without TLS.</summary>
    public const int BrokerDefaultPort = 1883;

    /// <summary>Port with TLS.</summary>
    public const int BrokerDefaultSslPort = 8883;

    /// <summary>Longest wait for CONNACK, ms.</summary>
    public const int DefaultTimeout = 30_000;

    /// <summary>Times that a message is sent.</summary>
    public const int MaximumAttemptsRetry = 3;

    /// <summary>Time between two of them, ms.</summary>
    public const int DefaultDelayRetry = 1_000;

    /// <summary>Not used by the package.</summary>
    public const int ConnectTimeout = 30_000;

    /// <summary>No limit.</summary>
    public const int DefaultInflightQueueSize = int.MaxValue;

    private MqttSettings()
    {
    }

    /// <summary>The one of this board and boot.</summary>
    public static MqttSettings Instance =>
        BoardHardware.Current.Static(() => new MqttSettings());

    /// <summary>Port without TLS.</summary>
    public int Port { get; internal set; } = BrokerDefaultPort;

    /// <summary>Port with TLS.</summary>
    public int SslPort { get; internal set; } = BrokerDefaultSslPort;

    /// <summary>Not used by the package.</summary>
    public int TimeoutOnConnection { get; internal set; } = ConnectTimeout;

    /// <summary>Longest wait for CONNACK, ms.</summary>
    public int TimeoutOnReceiving { get; internal set; } = DefaultTimeout;

    /// <summary>Times that a message is sent.</summary>
    public int AttemptsOnRetry { get; internal set; } = MaximumAttemptsRetry;

    /// <summary>Time between two of them, ms.</summary>
    public int DelayOnRetry { get; internal set; } = DefaultDelayRetry;

    /// <summary>Messages that may wait to be sent or acknowledged.</summary>
    public int InflightQueueSize { get; set; } = DefaultInflightQueueSize;

    /// <summary>Whether TLS checks the broker.</summary>
    public bool ValidateServerCertificate { get; set; } = true;
}
