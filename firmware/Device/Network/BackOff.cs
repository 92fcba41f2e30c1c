namespace Helios.Device
{
    /// <summary>
    /// How long to wait before the network is tried again: doubled with each attempt from 1 s to
    /// 1 h, each wait drawn between half and all of that, so that the meters of a street do not
    /// come back as one. The number of attempts survives a restart in the journal.
    /// </summary>
    public sealed class BackOff
    {
        /// <summary>The wait after the first failed attempt, ms.</summary>
        public const uint DelayMsMin = 1000;

        /// <summary>The longest wait, ms: 1 h.</summary>
        public const uint DelayMsMax = 3600000;

        /// <summary>
        /// Attempts are counted up to here: 1 s x 2^12 is above the longest wait, and a number
        /// that rises no more costs the journal no more writes.
        /// </summary>
        public const byte AttemptsMax = 13;

        private readonly IEntropy _entropy;
        private readonly byte[] _random = new byte[4];

        /// <param name="entropy">Where the jitter comes from.</param>
        public BackOff(IEntropy entropy)
        {
            _entropy = entropy;
        }

        /// <summary>
        /// Attempts since the last stable connection, 0 to <see cref="AttemptsMax"/>.
        /// </summary>
        public byte Attempts { get; private set; }

        /// <summary>Goes on from what the journal holds.</summary>
        public void Resume(byte attempts)
        {
            Attempts = attempts < AttemptsMax ? attempts : AttemptsMax;
        }

        /// <summary>
        /// An attempt begins; it counts as failed until <see cref="Reset"/>, so that one that ends
        /// in a restart is not forgotten.
        /// </summary>
        public void Begin()
        {
            if (Attempts < AttemptsMax)
            {
                Attempts++;
            }
        }

        /// <summary>A connection proved stable.</summary>
        public void Reset()
        {
            Attempts = 0;
        }

        /// <summary>
        /// The wait before the next attempt, drawn anew each time, ms: 500 to 3,600,000, and up to
        /// 1 s while no attempt has failed.
        /// </summary>
        public ulong DrawDelayMs()
        {
            uint delayMs = DelayMsMin;
            for (byte i = 1; i < Attempts && delayMs < DelayMsMax; i++)
            {
                delayMs *= 2;
            }

            if (delayMs > DelayMsMax)
            {
                delayMs = DelayMsMax;
            }

            _entropy.Fill(_random);
            uint random = _random[0]
                | ((uint)_random[1] << 8) | ((uint)_random[2] << 16) | ((uint)_random[3] << 24);
            return Attempts == 0
                ? random % (delayMs + 1)
                : delayMs / 2 + random % (delayMs / 2 + 1);
        }
    }
}
