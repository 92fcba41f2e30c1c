using Helios.Boards.Simulated;

namespace Helios.Boards.Virtual.Books;

/// <summary>
/// The energy that was taken in through a load switch, kept as a book beside the one of the kWh
/// meter's outputs: power times the time in which the contacts conducted, exact.
/// </summary>
public sealed class PassedEnergy
{
    private const long MicrojoulesPerKwh = 3_600_000_000_000;

    private readonly BoardClock _clock;
    private readonly IPowerFlow _load;
    private readonly Contactor _contactor;
    private Int128 _microjoules; // mW x ms
    private ulong _summedMs;

    /// <param name="clock">Time around the switch.</param>
    /// <param name="load">What would flow if it were always closed; nobody else's.</param>
    /// <param name="contactor">The switch.</param>
    public PassedEnergy(BoardClock clock, IPowerFlow load, Contactor contactor)
    {
        ArgumentNullException.ThrowIfNull(contactor);
        _clock = clock;
        _load = load;
        _contactor = contactor;
        contactor.Changing += Sum;
    }

    /// <summary>The impulses of what has passed so far, rounded down.</summary>
    /// <param name="impulsesPerKwh">The impulse constant, imp/kWh.</param>
    public long ImpulsesDown(uint impulsesPerKwh)
    {
        Sum();
        return (long)(_microjoules * impulsesPerKwh / MicrojoulesPerKwh);
    }

    private void Sum()
    {
        while (_summedMs < _clock.NowMs)
        {
            var conducts = _contactor.ConductsAt(_summedMs, out var conductsUntilMs);
            var milliwatts = _load.MilliwattsAt(_summedMs, out var holdsUntilMs);
            var untilMs = Math.Min(_clock.NowMs, Math.Min(conductsUntilMs, holdsUntilMs));
            if (conducts && milliwatts < 0)
            {
                _microjoules -= (Int128)milliwatts * (untilMs - _summedMs);
            }

            _summedMs = untilMs;
        }
    }
}
