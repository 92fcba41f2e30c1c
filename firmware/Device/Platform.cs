using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// What the device program stands on, each behind an interface of its own: on a board adapters
    /// of nanoFramework's packages, on a computer the simulated board. Pins and MQTT are reached
    /// through the packages themselves, which a computer has under the same names.
    /// </summary>
    public sealed class Platform
    {
        /// <param name="threads">Time and waiting.</param>
        /// <param name="flash">Journal, key and configuration.</param>
        /// <param name="console">The serial console.</param>
        /// <param name="link">Wi-Fi.</param>
        /// <param name="time">SNTP.</param>
        /// <param name="power">Restarting.</param>
        /// <param name="entropy">Random bytes.</param>
        /// <param name="hmac">HMAC-SHA256.</param>
        public Platform(
            IThreads threads,
            IFlash flash,
            IConsole console,
            INetworkLink link,
            ITimeSource time,
            IPower power,
            IEntropy entropy,
            IHmacSha256 hmac)
        {
            Threads = threads;
            Flash = flash;
            Console = console;
            Link = link;
            Time = time;
            Power = power;
            Entropy = entropy;
            Hmac = hmac;
        }

        /// <summary>Time and waiting.</summary>
        public IThreads Threads { get; }

        /// <summary>Journal, key and configuration.</summary>
        public IFlash Flash { get; }

        /// <summary>The serial console.</summary>
        public IConsole Console { get; }

        /// <summary>Wi-Fi.</summary>
        public INetworkLink Link { get; }

        /// <summary>SNTP.</summary>
        public ITimeSource Time { get; }

        /// <summary>Restarting.</summary>
        public IPower Power { get; }

        /// <summary>Random bytes.</summary>
        public IEntropy Entropy { get; }

        /// <summary>HMAC-SHA256.</summary>
        public IHmacSha256 Hmac { get; }
    }
}
