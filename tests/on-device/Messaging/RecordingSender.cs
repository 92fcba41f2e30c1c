using Helios.Messaging;
using Helios.Metering;

namespace Helios.Tests.OnDevice.Messaging
{
    /// <summary>A network that takes so many readings and remembers their paginations.</summary>
    internal sealed class RecordingSender : IReadingSender
    {
        /// <summary>Paginations in the order sent, each with a space after it.</summary>
        public string Sent { get; private set; } = "";

        public int Room { get; set; } = 100;

        public SendResult Send(byte[] message)
        {
            if (Room == 0)
            {
                return SendResult.Refused;
            }

            Room--;
            Sent += BigEndian.Read(message, 0, 4).ToString() + " ";
            return SendResult.HandedOver;
        }
    }
}
