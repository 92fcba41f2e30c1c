namespace Helios.Metering
{
    /// <summary>
    /// Energy counted since the meter was made. Keeps impulses and derives watt-hours by one
    /// division that rounds down, so that no fraction of an impulse is ever lost to rounding. A
    /// step, in thousandths of an impulse, is what import was raised by at unclean restarts.
    /// Never decreases. Not locked: see <see cref="RegisterPair"/>.
    /// </summary>
    public sealed class EnergyRegister
    {
        /// <summary>
        /// Largest count: 2^63 / 1000, so that the multiplication by 1000 fits, and a step
        /// besides; at the 16.7 impulses a second of IEC 62053-31 that is 17 million years.
        /// </summary>
        public const ulong ImpulsesMax = StepMax / 1000;

        /// <summary>
        /// Largest step, thousandths of an impulse: 2^63 - 1, far above 2^48 Wh at any constant
        /// that is printed on a meter.
        /// </summary>
        public const ulong StepMax = ulong.MaxValue / 2;

        private readonly uint _impulsesPerKwh;
        private readonly ulong _stepThousandths;
        private ulong _impulses;

        /// <param name="impulsesPerKwh">Impulse constant, 1 to 100,000 imp/kWh.</param>
        /// <param name="impulses">Impulses counted before, at most ImpulsesMax.</param>
        /// <param name="stepThousandths">At most StepMax; 0 but for import.</param>
        public EnergyRegister(uint impulsesPerKwh, ulong impulses, ulong stepThousandths)
        {
            _impulsesPerKwh = impulsesPerKwh;
            _impulses = impulses;
            _stepThousandths = stepThousandths;
        }

        /// <summary>Impulses since the meter was made: what the journal stores.</summary>
        public ulong Impulses
        {
            get { return _impulses; }
        }

        /// <summary>Watt-hours, rounded down, 0 to 2^48 - 1.</summary>
        public ulong EnergyWhDown
        {
            get { return ToWattHoursDown(_impulses, _stepThousandths, _impulsesPerKwh); }
        }

        /// <summary>
        /// Watt-hours of a count of impulses and a step, rounded down. Stays at 2^48 - 1 when
        /// full, because a register that wrapped to 0 would be signed as a decrease.
        /// </summary>
        public static ulong ToWattHoursDown(
            ulong impulses, ulong stepThousandths, uint impulsesPerKwh)
        {
            ulong wattHours = (impulses * 1000 + stepThousandths) / impulsesPerKwh;
            return wattHours < Reading.RegisterWhMax ? wattHours : Reading.RegisterWhMax;
        }

        /// <summary>
        /// The step that raises a count of impulses to a register: at least the one before, at
        /// most StepMax.
        /// </summary>
        /// <param name="impulses">Impulses counted, at most ImpulsesMax.</param>
        /// <param name="stepThousandths">The step before.</param>
        /// <param name="registerWh">Where the register is to be, Wh.</param>
        /// <param name="impulsesPerKwh">Impulse constant, imp/kWh.</param>
        public static ulong StepTo(
            ulong impulses, ulong stepThousandths, ulong registerWh, uint impulsesPerKwh)
        {
            ulong thousandths = registerWh < ulong.MaxValue / impulsesPerKwh
                ? registerWh * impulsesPerKwh
                : ulong.MaxValue;
            ulong step = thousandths > impulses * 1000 ? thousandths - impulses * 1000 : 0;
            step = step > stepThousandths ? step : stepThousandths;
            return step < StepMax ? step : StepMax;
        }

        /// <summary>Counts impulses. A count that would pass ImpulsesMax stays there.</summary>
        public void Add(ulong impulses)
        {
            ulong room = ImpulsesMax - _impulses;
            _impulses += impulses < room ? impulses : room;
        }
    }
}
