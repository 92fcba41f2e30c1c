using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>
/// The S0 output of a simulated kWh meter (IEC 62053-31): one impulse for each 3,600,000 /
/// impulses-per-kWh watt-seconds that flowed.
/// </summary>
public sealed class PulseOutput : IPulseSource
{
    // An impulse is due when energy in uJ x imp/kWh reaches this: 1 kWh = 3.6 x 10^12 uJ. Kept as
    // a product, so that no constant leaves a fraction behind.
    private const long MicrojoulesPerKwh = 3_600_000_000_000;

    // Fits: 10^8 mW x 10^5 imp/kWh x 6 x 10^4 ms is 6 x 10^17, below 2^63.
    private const ulong StepMsMax = 60_000;

    private readonly uint _impulsesPerKwh;
    private readonly Action _update;
    private long _remainder;
    private long _pulses;

    /// <param name="impulsesPerKwh">The impulse constant of the meter, imp/kWh.</param>
    /// <param name="update">
    /// Lets flow what flowed up to now, before the output is looked at.
    /// </param>
    public PulseOutput(uint impulsesPerKwh, Action update)
    {
        _impulsesPerKwh = impulsesPerKwh;
        _update = update;
    }

    /// <inheritdoc/>
    public long Pulses
    {
        get
        {
            _update();
            return _pulses;
        }
    }

    /// <summary>Impulses that an energy makes from rest, rounded down.</summary>
    /// <param name="energyMillijoules">Energy in mJ, 0 or more.</param>
    /// <param name="impulsesPerKwh">The impulse constant, imp/kWh.</param>
    public static long ImpulsesDown(Int128 energyMillijoules, uint impulsesPerKwh) =>
        (long)(energyMillijoules * 1000 * impulsesPerKwh / MicrojoulesPerKwh);

    /// <summary>Lets a power flow.</summary>
    /// <param name="powerMilliwatts">Power in mW, 0 to 10^8.</param>
    /// <param name="ms">For how long.</param>
    public void Flow(long powerMilliwatts, ulong ms)
    {
        for (var left = ms; left > 0;)
        {
            var step = Math.Min(left, StepMsMax);
            left -= step;
            _remainder += powerMilliwatts * _impulsesPerKwh * (long)step;
            if (_remainder >= MicrojoulesPerKwh)
            {
                _pulses += _remainder / MicrojoulesPerKwh;
                _remainder %= MicrojoulesPerKwh;
            }
        }
    }
}
