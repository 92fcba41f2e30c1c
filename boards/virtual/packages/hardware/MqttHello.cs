namespace Helios.Boards.Hardware;

/// <summary>CONNECT.</summary>
/// <param name="ClientId">Who connects.</param>
/// <param name="Username">Or null.</param>
/// <param name="Password">Or null.</param>
/// <param name="IsCleanSession">Nothing is kept of an earlier connection.</param>
/// <param name="KeepAliveSeconds">0 is no keep-alive.</param>
/// <param name="Will">What the broker publishes when the connection breaks, or null.</param>
public sealed record MqttHello(
    string ClientId,
    string? Username,
    string? Password,
    bool IsCleanSession,
    ushort KeepAliveSeconds,
    MqttPublication? Will);
