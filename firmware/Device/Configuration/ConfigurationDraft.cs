using Helios.Element;
using Helios.Metering;
using Helios.Supply;

namespace Helios.Device
{
    /// <summary>
    /// A configuration while its lines are read. What is wrong with a line is said in words that
    /// tell what to write instead.
    /// </summary>
    internal sealed class ConfigurationDraft
    {
        /// <summary>The names of <see cref="ConfigurationKey"/>, in its order.</summary>
        public static readonly string[] Names =
        {
            "chain-id", "ledger", "owner", "broker", "impulses-per-kwh", "rated-power-w",
            "wh-per-coin", "max-open-wh", "provisioning-nonce", "broker-port", "broker-tls",
            "carry-wh", "controllers", "controller-threshold", "low-credit-wh", "heartbeat-s",
            "time-server", "key", "element-lock",
        };

        private const ulong PortTls = 8883;
        private const ulong PortPlain = 1883;

        // 1 HEC has 18 decimals: a watt-hour is a whole number of its smallest parts.
        private const ulong PartsPerCoin = 1000000000000000000;

        // Above every register: the coin takes its place.
        private const ulong LowCreditUnsaid = 0xFFFFFFFFFFFFFFFF;

        private ulong _chainId;
        private byte[] _ledger;
        private byte[] _owner;
        private string _broker;
        private ulong _impulsesPerKwh;
        private ulong _ratedPowerW;
        private ulong _whPerCoin;
        private ulong _maxOpenWh;
        private byte[] _nonce;
        private ulong _brokerPort;
        private bool _isBrokerTls = true;
        private ulong _carryWh;
        private byte[][] _controllers = new byte[0][];
        private ulong _controllerThreshold;
        private ulong _lowCreditWh = LowCreditUnsaid;
        private ulong _heartbeatS = 900;
        private string _timeServer = "pool.ntp.org";
        private bool _isKeyInElement;
        private byte[] _elementLock;

        /// <summary>Takes a value.</summary>
        /// <param name="key">Whose.</param>
        /// <param name="text">As written.</param>
        /// <returns>What to write instead; null if it was taken.</returns>
        public string Take(ConfigurationKey key, string text)
        {
            switch (key)
            {
                case ConfigurationKey.ChainId:
                    return Number(text, 1, 0xFFFFFFFFFFFFFFFF, ref _chainId);
                case ConfigurationKey.Ledger:
                    return Address(text, ref _ledger);
                case ConfigurationKey.Owner:
                    return Address(text, ref _owner);
                case ConfigurationKey.Broker:
                    return Host(text, ref _broker);
                case ConfigurationKey.BrokerPort:
                    return Number(text, 1, 65535, ref _brokerPort);
                case ConfigurationKey.BrokerTls:
                    return ConfigurationText.TryReadYesOrNo(text, ref _isBrokerTls)
                        ? null
                        : "yes or no";
                case ConfigurationKey.Controllers:
                    return ControllerList.TryRead(text, ref _controllers)
                        ? null
                        : ControllerList.Expected;
                case ConfigurationKey.TimeServer:
                    return Host(text, ref _timeServer);
                case ConfigurationKey.Key:
                    return TakeKey(text);
                case ConfigurationKey.ElementLock:
                    return ConfigurationText.TryReadBytes(
                        text,
                        SecureElement.SerialLength,
                        SecureElement.SerialLength,
                        ref _elementLock)
                            ? null
                            : "the 18 hex digits that the console shows";
                case ConfigurationKey.ProvisioningNonce:
                    return ConfigurationText.TryReadBytes(text, 16, 32, ref _nonce)
                        ? null
                        : "32 to 64 hex digits of your own random choice";
                default:
                    return TakeQuantity(key, text);
            }
        }

        /// <summary>What two lines make impossible together.</summary>
        /// <param name="key">The line to change.</param>
        /// <returns>What to write there instead; null if all is well.</returns>
        public string Conflict(out ConfigurationKey key)
        {
            key = ConfigurationKey.CarryWh;
            if (_carryWh >= _whPerCoin)
            {
                return "a number below wh-per-coin, which is " + _whPerCoin.ToString();
            }

            key = ConfigurationKey.ControllerThreshold;
            ulong count = (ulong)_controllers.Length;
            if (_controllerThreshold > count || (_controllerThreshold == 0 && count > 0))
            {
                return count == 0
                    ? "no such line, or controllers too"
                    : "a number from 1 to " + count.ToString() + ", the number of controllers";
            }

            key = ConfigurationKey.WhPerCoin;
            ulong least = CreditBlock.WhPerCoinMin((uint)_ratedPowerW);
            return count > 0 && _whPerCoin < least
                ? "at least " + least.ToString() + ", or no controllers: with smaller coins the "
                    + "load switch would open at each"
                : null;
        }

        /// <summary>The configuration, once nothing is missing and nothing conflicts.</summary>
        public DeviceConfiguration Finish()
        {
            ulong port = _isBrokerTls ? PortTls : PortPlain;
            return new DeviceConfiguration
            {
                Meter = new MeterConfiguration(
                    _chainId,
                    _ledger,
                    (uint)_impulsesPerKwh,
                    (uint)_ratedPowerW,
                    _whPerCoin,
                    _maxOpenWh,
                    _carryWh),
                Owner = _owner,
                Broker = _broker,
                BrokerPort = (int)(_brokerPort == 0 ? port : _brokerPort),
                IsBrokerTls = _isBrokerTls,
                TimeServer = _timeServer,
                HeartbeatS = (uint)_heartbeatS,
                Controllers = _controllers,
                ControllerThreshold = (byte)_controllerThreshold,
                LowCreditWh = _lowCreditWh == LowCreditUnsaid ? _whPerCoin : _lowCreditWh,
                ProvisioningNonce = _nonce,
                IsKeyInElement = _isKeyInElement,
                ElementLock = _elementLock,
            };
        }

        private static string Number(string text, ulong min, ulong max, ref ulong number)
        {
            return ConfigurationText.TryReadNumber(text, min, max, ref number)
                ? null
                : "a whole number from " + min.ToString() + " to " + max.ToString();
        }

        private static string Address(string text, ref byte[] address)
        {
            return ConfigurationText.TryReadAddress(text, ref address)
                ? null
                : "an address, 0x and 40 hex digits, in one case or with its right checksum";
        }

        private static string Host(string text, ref string host)
        {
            return ConfigurationText.TryReadHost(text, ref host)
                ? null
                : "a host name or IPv4 address, up to 253 letters, digits, dots and hyphens";
        }

        private string TakeKey(string text)
        {
            _isKeyInElement = string.Equals(text, "atecc608");
            return _isKeyInElement || string.Equals(text, "software")
                ? null
                : "software or atecc608";
        }

        private string TakeQuantity(ConfigurationKey key, string text)
        {
            switch (key)
            {
                case ConfigurationKey.ImpulsesPerKwh:
                    return Number(
                        text, 1, MeterConfiguration.ImpulsesPerKwhMax, ref _impulsesPerKwh);
                case ConfigurationKey.RatedPowerW:
                    return Number(text, 1, MeterConfiguration.RatedPowerWMax, ref _ratedPowerW);
                case ConfigurationKey.WhPerCoin:
                    return TakeCoin(text);
                case ConfigurationKey.MaxOpenWh:
                    return Number(text, 0, Reading.RegisterWhMax, ref _maxOpenWh);
                case ConfigurationKey.CarryWh:
                    return Number(text, 0, Reading.RegisterWhMax, ref _carryWh);
                case ConfigurationKey.ControllerThreshold:
                    return Number(
                        text, 1, SupplyRecord.ControllersMax, ref _controllerThreshold);
                case ConfigurationKey.LowCreditWh:
                    return Number(text, 0, Reading.RegisterWhMax, ref _lowCreditWh);
                default:
                    return Number(text, 10, 86400, ref _heartbeatS);
            }
        }

        private string TakeCoin(string text)
        {
            string mistake = Number(text, 1, Reading.RegisterWhMax, ref _whPerCoin);
            return mistake == null && PartsPerCoin % _whPerCoin != 0
                ? "a number that divides 10^18, such as 1000"
                : mistake;
        }
    }
}
