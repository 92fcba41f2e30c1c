namespace Helios.Boards.Hardware;

/// <summary>PUBLISH.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="Qos">0 or 1.</param>
/// <param name="IsRetained">The broker keeps it, or kept it.</param>
/// <param name="IsRepeated">DUP.</param>
public sealed record MqttPublication(
    string Topic, byte[] Payload, int Qos, bool IsRetained, bool IsRepeated = false);
