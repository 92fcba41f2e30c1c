using Helios.Messaging;
using Helios.Metering;

namespace Helios.Tests.Firmware.Messaging;

/// <summary>A network that takes as many messages as it has room for.</summary>
internal sealed class SimulatedNetwork : IReadingSender
{
    public int Room { get; set; } = 100;

    /// <summary>The paginations that it was handed, in order.</summary>
    public List<uint> Sent { get; } = [];

    public SendResult Send(byte[] message)
    {
        if (Room == 0)
        {
            return SendResult.Refused;
        }

        Room--;
        Sent.Add((uint)BigEndian.Read(message, 0, 4));
        return SendResult.HandedOver;
    }
}
