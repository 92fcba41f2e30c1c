namespace Helios.Metering
{
    /// <summary>
    /// One pulse line: differences of a hardware counter that is never reset.
    /// <para>
    /// A difference that looks wrong is read again, because the ESP32's counter may be off by
    /// 32,767 for the moment of its overflow: one that is more than the rated power or the S0 line
    /// allows in the time passed, one as large as an overflow, or one that is negative. It is
    /// believed when two readings in a row agree. What is believed is counted whole, however
    /// large: the count is the hardware's, and cutting it would be a guess. It only sets
    /// AboveRatedPower, and the ledger's power rule decides when it counts there. What is not
    /// believed is left for the next call, which the cumulative counter heals. A count below the
    /// last one is never believed: it is reported as a fault for as long as it lasts, and nothing
    /// is counted.
    /// </para>
    /// Used by the counting thread only.
    /// </summary>
    public sealed class PulseInput
    {
        // IEC 62053-31: on at least 30 ms, off at least 30 ms, so 16.7 impulses a second at most.
        private const ulong ImpulseMsMin = 60;

        // Where the hardware counter (16 bits, signed) overflows.
        private const ulong CounterStep = 32767;

        // 1 kWh in watt-milliseconds; one impulse is this divided by the impulse constant.
        private const ulong WattMsPerKwh = 3600000000;

        // Unused time at rated power that later impulses may draw on: calls come late and
        // unevenly.
        private const ulong AllowanceMsMax = 10000;

        // Keeps power x constant x time in 64 bits: 10^6 x 10^5 x 8.64 x 10^7 = 8.64 x 10^18.
        private const ulong ElapsedMsMax = 86400000;

        private const int ReadingsMax = 4;

        private readonly IPulseCounter _counter;
        private readonly ulong _allowancePerMs;
        private readonly ulong _allowanceMax;
        private ulong _countBefore;
        private ulong _uptimeMsBefore;
        private ulong _allowance;

        /// <param name="counter">Started at this boot; its count so far is taken as new.</param>
        /// <param name="impulsesPerKwh">Impulse constant, 1 to 100,000 imp/kWh.</param>
        /// <param name="maxPowerW">Rated power, 1 to 1,000,000 W.</param>
        public PulseInput(IPulseCounter counter, uint impulsesPerKwh, uint maxPowerW)
        {
            _counter = counter;
            _allowancePerMs = (ulong)maxPowerW * impulsesPerKwh;

            // Two impulses more: one at either edge of the time between two calls.
            _allowanceMax = _allowancePerMs * AllowanceMsMax + 2 * WattMsPerKwh;
            _allowance = _allowanceMax;
        }

        /// <summary>True if the last call counted more than the rated power allows.</summary>
        public bool IsAboveRatedPower { get; private set; }

        /// <summary>True if the counter ran backward or would not agree with itself.</summary>
        public bool IsFaulty { get; private set; }

        /// <summary>
        /// Impulses since the last call. Quick: at most four readings of the counter.
        /// </summary>
        /// <param name="uptimeMs">Milliseconds since boot.</param>
        public ulong TakeImpulses(ulong uptimeMs)
        {
            ulong elapsedMs = uptimeMs - _uptimeMsBefore;
            ulong allowance = Refill(elapsedMs);
            if (!TryReadCount(elapsedMs, allowance, out ulong count))
            {
                // Time and allowance stay too, for the call that will see these impulses.
                IsFaulty = true;
                IsAboveRatedPower = false;
                return 0;
            }

            ulong impulses = count - _countBefore;
            IsFaulty = false;
            IsAboveRatedPower = impulses > allowance / WattMsPerKwh;

            ulong rest = IsAboveRatedPower ? 0 : allowance - impulses * WattMsPerKwh;
            _allowance = rest < _allowanceMax ? rest : _allowanceMax;
            _countBefore = count;
            _uptimeMsBefore = uptimeMs;
            return impulses;
        }

        private ulong Refill(ulong elapsedMs)
        {
            ulong countedMs = elapsedMs < ElapsedMsMax ? elapsedMs : ElapsedMsMax;
            return _allowance + countedMs * _allowancePerMs;
        }

        private bool TryReadCount(ulong elapsedMs, ulong allowance, out ulong count)
        {
            count = _counter.Read();
            if (IsPlausible(count, elapsedMs, allowance))
            {
                return true;
            }

            for (int reading = 1; reading < ReadingsMax; reading++)
            {
                ulong again = _counter.Read();

                // An impulse may come between two readings; an overflow's error is far larger.
                bool isAgreed = again >= count && again - count <= 1;
                count = again;
                if (IsPlausible(count, elapsedMs, allowance)
                    || (isAgreed && count >= _countBefore))
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsPlausible(ulong count, ulong elapsedMs, ulong allowance)
        {
            if (count < _countBefore)
            {
                return false;
            }

            ulong impulses = count - _countBefore;
            return impulses < CounterStep
                && impulses <= allowance / WattMsPerKwh
                && impulses <= elapsedMs / ImpulseMsMin + 2;
        }
    }
}
