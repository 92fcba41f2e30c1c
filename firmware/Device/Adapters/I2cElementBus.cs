using System;
using System.Device.I2c;
using Helios.Boards;
using Helios.Element;
using nanoFramework.Hardware.Esp32;

namespace Helios.Device
{
    /// <summary>
    /// The first I2C bus, on the board's pins for the secure element. Written against the native
    /// code of the image: a transfer stops every thread, for a second at the most; address 0 may
    /// be written to; a byte that is not acknowledged is told as an address that is not; the clock
    /// of the bus is that of the device that was made last, so both have the same.
    /// </summary>
    public sealed class I2cElementBus : IElementBus
    {
        private const int BusId = 1;

        // Seven bits of 0xC0, as an element is sold.
        private const int ElementAddress = 0x60;
        private const int GeneralCall = 0;

        private readonly IThreads _threads;
        private readonly byte[] _zero = new byte[1];
        private I2cDevice _element;
        private I2cDevice _everybody;

        /// <param name="threads">Time and waiting.</param>
        public I2cElementBus(IThreads threads)
        {
            _threads = threads;
        }

        /// <inheritdoc/>
        public ulong UptimeMs
        {
            get { return _threads.UptimeMs; }
        }

        /// <inheritdoc/>
        public BusResult Wake()
        {
            try
            {
                Open();
                return Of(_everybody.Write(new SpanByte(_zero)));
            }
            catch (Exception)
            {
                return BusResult.Failed;
            }
        }

        /// <inheritdoc/>
        public BusResult Write(byte[] bytes, int length)
        {
            try
            {
                Open();
                return Of(_element.Write(new SpanByte(bytes, 0, length)));
            }
            catch (Exception)
            {
                return BusResult.Failed;
            }
        }

        /// <inheritdoc/>
        public BusResult Read(byte[] bytes, int length)
        {
            try
            {
                Open();
                return Of(_element.Read(new SpanByte(bytes, 0, length)));
            }
            catch (Exception)
            {
                return BusResult.Failed;
            }
        }

        /// <inheritdoc/>
        public void Wait(uint ms)
        {
            _threads.Wait(ms);
        }

        // Here and not in the constructor, since it may fail and be tried again.
        private void Open()
        {
            if (_element != null)
            {
                return;
            }

            Configuration.SetPinFunction(BoardPins.ElementData, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(BoardPins.ElementClock, DeviceFunction.I2C1_CLOCK);
            _everybody = new I2cDevice(new I2cConnectionSettings(
                BusId, GeneralCall, I2cBusSpeed.StandardMode));
            _element = new I2cDevice(new I2cConnectionSettings(
                BusId, ElementAddress, I2cBusSpeed.StandardMode));
        }

        private static BusResult Of(I2cTransferResult result)
        {
            switch (result.Status)
            {
                case I2cTransferStatus.FullTransfer:
                    return BusResult.Done;
                case I2cTransferStatus.SlaveAddressNotAcknowledged:
                case I2cTransferStatus.PartialTransfer:
                    return BusResult.NotAcknowledged;
                case I2cTransferStatus.ClockStretchTimeout:
                    return BusResult.Held;
                default:
                    return BusResult.Failed;
            }
        }
    }
}
