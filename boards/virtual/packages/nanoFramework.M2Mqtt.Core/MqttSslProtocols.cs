namespace nanoFramework.M2Mqtt;

/// <summary>TLS versions; the device takes None, TLSv1_2 and TLSv1_3.</summary>
public enum MqttSslProtocols
{
    /// <summary>No version named: TLS 1.3 only, in the native code.</summary>
    None,

    /// <summary>Refused by the device.</summary>
    SSLv3,

    /// <summary>Refused by the device.</summary>
    TLSv1_0,

    /// <summary>Refused by the device.</summary>
    TLSv1_1,

    /// <summary>Exactly TLS 1.2.</summary>
    TLSv1_2,

    /// <summary>Exactly TLS 1.3.</summary>
    TLSv1_3,
}
