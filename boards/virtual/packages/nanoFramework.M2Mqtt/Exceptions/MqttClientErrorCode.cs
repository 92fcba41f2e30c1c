namespace nanoFramework.M2Mqtt.Exceptions;

/// <summary>What a caller did wrong.</summary>
public enum MqttClientErrorCode
{
    /// <summary>Will without topic or message, or will settings without a will.</summary>
    WillWrong = 1,

    /// <summary>Keep-alive out of range.</summary>
    KeepAliveWrong,

    /// <summary>A wildcard in a topic that is published.</summary>
    TopicWildcard,

    /// <summary>A topic of no characters or too many.</summary>
    TopicLength,

    /// <summary>A level that does not exist.</summary>
    QosNotAllowed,

    /// <summary>No topics.</summary>
    TopicsEmpty,

    /// <summary>No levels.</summary>
    QosLevelsEmpty,

    /// <summary>Not as many levels as topics.</summary>
    TopicsQosLevelsNotMatch,

    /// <summary>The broker sent what brokers do not send.</summary>
    WrongBrokerMessage,

    /// <summary>A message id of 0.</summary>
    WrongMessageId,

    /// <summary>InflightQueueSize is reached.</summary>
    InflightQueueFull,

    /// <summary>Flags of a fixed header.</summary>
    InvalidFlagBits,

    /// <summary>Flags of CONNECT.</summary>
    InvalidConnectFlags,

    /// <summary>No client id in a kept session.</summary>
    InvalidClientId,

    /// <summary>No name of MQTT.</summary>
    InvalidProtocolName,
}
