namespace Helios.Metering
{
    /// <summary>
    /// Energy counted since the meter was made. Keeps impulses and derives watt-hours by one
    /// division that rounds down, so that no fraction of an impulse is ever lost to rounding.
    /// Never decreases. Not locked: see <see cref="RegisterPair"/>.
    /// </summary>
    public sealed class EnergyRegister
    {
        /// <summary>
        /// Largest count. 2^64 / 1000 less one, so that the multiplication by 1000 fits; at the
        /// 16.7 impulses a second of IEC 62053-31 that is 35 million years.
        /// </summary>
        public const ulong ImpulsesMax = ulong.MaxValue / 1000 - 1;

        private readonly uint _impulsesPerKwh;
        private ulong _impulses;

        /// <param name="impulsesPerKwh">Impulse constant, 1 to 100,000 imp/kWh.</param>
        /// <param name="impulses">Impulses counted before, at most ImpulsesMax.</param>
        public EnergyRegister(uint impulsesPerKwh, ulong impulses)
        {
            _impulsesPerKwh = impulsesPerKwh;
            _impulses = impulses;
        }

        /// <summary>Impulses since the meter was made: what the journal stores.</summary>
        public ulong Impulses
        {
            get { return _impulses; }
        }

        /// <summary>Watt-hours, rounded down, 0 to 2^48 - 1.</summary>
        public ulong EnergyWhDown
        {
            get { return ToWattHoursDown(_impulses, _impulsesPerKwh); }
        }

        /// <summary>
        /// Watt-hours of a count of impulses, rounded down. Stays at 2^48 - 1 when full, because a
        /// register that wrapped to 0 would be signed as a decrease.
        /// </summary>
        public static ulong ToWattHoursDown(ulong impulses, uint impulsesPerKwh)
        {
            ulong wattHours = impulses * 1000 / impulsesPerKwh;
            return wattHours < Reading.RegisterWhMax ? wattHours : Reading.RegisterWhMax;
        }

        /// <summary>Counts impulses. A count that would pass ImpulsesMax stays there.</summary>
        public void Add(ulong impulses)
        {
            ulong room = ImpulsesMax - _impulses;
            _impulses += impulses < room ? impulses : room;
        }
    }
}
