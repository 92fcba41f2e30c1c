using Helios.Metering;

namespace Helios.Device
{
    /// <summary>
    /// How the device is, as its stages see it: for the status message, the status LED and nobody
    /// else's decisions. Any thread.
    /// </summary>
    public sealed class DeviceCondition
    {
        private readonly object _lock = new object();
        private MeterState _meter = MeterState.Closed;
        private bool _isConnected;
        private uint _requestNumber;

        /// <summary>
        /// Whether the meter may sign, and if not, why. Set by the signing stage.
        /// </summary>
        public MeterState Meter
        {
            get
            {
                lock (_lock)
                {
                    return _meter;
                }
            }

            set
            {
                lock (_lock)
                {
                    _meter = value;
                }
            }
        }

        /// <summary>True while a broker is connected. Set by the network stage.</summary>
        public bool IsConnected
        {
            get
            {
                lock (_lock)
                {
                    return _isConnected;
                }
            }

            set
            {
                lock (_lock)
                {
                    _isConnected = value;
                }
            }
        }

        /// <summary>
        /// Number of the last owner's request obeyed. Set by the signing stage.
        /// </summary>
        public uint RequestNumber
        {
            get
            {
                lock (_lock)
                {
                    return _requestNumber;
                }
            }

            set
            {
                lock (_lock)
                {
                    _requestNumber = value;
                }
            }
        }
    }
}
