using Helios.Metering;

namespace Helios.Boards.Virtual.Pins;

/// <summary>
/// The S0 output of a simulated kWh meter (IEC 62053-31): one impulse for each 3,600,000 /
/// impulses-per-kWh watt-seconds that flowed. It is wired straight to the board's pulse counter.
/// </summary>
/// <param name="impulsesPerKwh">The impulse constant of the meter, imp/kWh.</param>
public sealed class PulseOutput(uint impulsesPerKwh) : IPulseCounter
{
    // An impulse is due when energy in mJ x imp/kWh reaches this: 1 kWh = 3.6 x 10^9 mJ. Kept as a
    // product, so that no constant leaves a fraction behind.
    private const long MillijoulesPerKwh = 3_600_000_000;

    private long _remainder;

    /// <summary>Impulses made since the start; the truth that counting is checked against.</summary>
    public long ImpulsesMade { get; private set; }

    /// <inheritdoc/>
    public ulong Read() => (ulong)ImpulsesMade;

    /// <summary>Impulses that an energy makes from rest, rounded down.</summary>
    /// <param name="energyMillijoules">Energy in mJ, 0 or more.</param>
    /// <param name="impulsesPerKwh">The impulse constant, imp/kWh.</param>
    public static long ImpulsesDown(Int128 energyMillijoules, uint impulsesPerKwh) =>
        (long)(energyMillijoules * impulsesPerKwh / MillijoulesPerKwh);

    /// <summary>Lets a power flow for one second.</summary>
    /// <param name="powerMilliwatts">Power in mW, 0 or more.</param>
    public void FlowForOneSecond(long powerMilliwatts)
    {
        // Fits: 10^8 mW x 10^5 imp/kWh is 10^13, far below 2^63.
        _remainder += powerMilliwatts * impulsesPerKwh;
        if (_remainder >= MillijoulesPerKwh)
        {
            ImpulsesMade += _remainder / MillijoulesPerKwh;
            _remainder %= MillijoulesPerKwh;
        }
    }
}
