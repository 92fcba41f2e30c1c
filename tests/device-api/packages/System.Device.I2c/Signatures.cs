// nanoFramework.System.Device.I2c 1.1.29: System.Device.I2c, native 100.0.0.2
namespace System.Device.I2c
{
    public class I2cDevice : IDisposable
    {
        public extern I2cDevice(I2cConnectionSettings settings);
        public extern I2cConnectionSettings ConnectionSettings { get; }
        public static extern I2cDevice Create(I2cConnectionSettings settings);
        public extern byte ReadByte();
        public extern I2cTransferResult Read(SpanByte buffer);
        public extern I2cTransferResult WriteByte(byte value);
        public extern I2cTransferResult Write(SpanByte buffer);
        public extern I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer);
        public extern void Dispose();
    }

    public sealed class I2cConnectionSettings
    {
        public extern I2cConnectionSettings(int busId, int deviceAddress);
        public extern I2cConnectionSettings(
            int busId, int deviceAddress, I2cBusSpeed busSpeed);
        public extern int BusId { get; }
        public extern int DeviceAddress { get; }
        public extern I2cBusSpeed BusSpeed { get; }
    }

    public struct I2cTransferResult
    {
        private readonly uint _bytesTransferred;
        private readonly I2cTransferStatus _status;
        public extern uint BytesTransferred { get; }
        public extern I2cTransferStatus Status { get; }
    }

    public enum I2cBusSpeed
    {
        StandardMode = 0,
        FastMode = 1,
        FastModePlus = 2,
    }

    public enum I2cTransferStatus
    {
        UnknownError = 0,
        FullTransfer = 1,
        ClockStretchTimeout = 2,
        PartialTransfer = 3,
        SlaveAddressNotAcknowledged = 4,
    }
}
