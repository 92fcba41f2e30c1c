namespace Helios.Device
{
    /// <summary>
    /// The last things that happened, in place of log text: a ring of fixed size. Any thread;
    /// each call is a few assignments under a lock. It does not survive a restart.
    /// </summary>
    public sealed class Trace
    {
        /// <summary>Entries kept; the oldest goes first.</summary>
        public const int Capacity = 32;

        private readonly object _lock = new object();
        private readonly uint[] _uptimeS = new uint[Capacity];
        private readonly byte[] _codes = new byte[Capacity];
        private readonly uint[] _arguments = new uint[Capacity];
        private int _next;
        private int _count;

        /// <summary>Entries that can be read, 0 to <see cref="Capacity"/>.</summary>
        public int Count
        {
            get
            {
                lock (_lock)
                {
                    return _count;
                }
            }
        }

        /// <summary>Adds an entry.</summary>
        /// <param name="code">What happened.</param>
        /// <param name="argument">What the code says of it.</param>
        /// <param name="uptimeMs">Milliseconds since boot; kept in seconds.</param>
        public void Add(TraceCode code, uint argument, ulong uptimeMs)
        {
            lock (_lock)
            {
                _uptimeS[_next] = (uint)(uptimeMs / 1000);
                _codes[_next] = (byte)code;
                _arguments[_next] = argument;
                _next = (_next + 1) % Capacity;
                if (_count < Capacity)
                {
                    _count++;
                }
            }
        }

        /// <summary>Reads an entry.</summary>
        /// <param name="age">0 for the newest, up to <see cref="Count"/> - 1.</param>
        /// <param name="argument">What the code says of it; 0 if there is no such entry.</param>
        /// <param name="uptimeS">Seconds since boot; 0 if there is no such entry.</param>
        /// <returns>What happened; None if there is no such entry.</returns>
        public TraceCode Read(int age, out uint argument, out uint uptimeS)
        {
            argument = 0;
            uptimeS = 0;
            lock (_lock)
            {
                if (age < 0 || age >= _count)
                {
                    return TraceCode.None;
                }

                int place = (_next - 1 - age + 2 * Capacity) % Capacity;
                argument = _arguments[place];
                uptimeS = _uptimeS[place];
                return (TraceCode)_codes[place];
            }
        }
    }
}
