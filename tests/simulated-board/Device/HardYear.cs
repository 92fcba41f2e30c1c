using Helios.Boards.Simulated;
using Helios.Device;

namespace Helios.Tests.SimulatedBoard.Device;

/// <summary>
/// Everything that goes wrong with a meter, at random times from a seed: each kind of fault comes
/// again and again, lasts from seconds to weeks, and overlaps the others.
/// </summary>
internal sealed class HardYear
{
    private const double SecondMs = 1000;
    private const double WeekMs = 7 * 86_400_000.0;

    private readonly MeterOnBoard _meter;
    private readonly Random _random;
    private readonly double _restartEveryMs;
    private int _throwIn = -1;
    private StageName _throwing;

    internal HardYear(MeterOnBoard meter, int seed, double restartEveryMs)
    {
        _meter = meter;
        _random = new Random(seed);
        _restartEveryMs = restartEveryMs;
        var weather = meter.Board.Weather;
        Comes(everyMs: WeekMs, SecondMs, 2 * WeekMs, isBad => weather.HasWifi = !isBad);
        Comes(everyMs: WeekMs / 2, SecondMs, WeekMs, isBad => weather.HasDns = !isBad);
        Comes(everyMs: WeekMs / 2, SecondMs, 2 * WeekMs, isBad => weather.HasTimeServer = !isBad);
        Comes(everyMs: WeekMs / 7, SecondMs, WeekMs / 7, isBad =>
            weather.Broker = isBad ? (BrokerMood)_random.Next(1, 5) : BrokerMood.Accepts);
        Comes(everyMs: WeekMs / 7, SecondMs, WeekMs / 7, isBad =>
            weather.AnswerLoss = isBad ? _random.NextDouble() : 0);
        Comes(everyMs: WeekMs / 14, SecondMs, WeekMs / 14, isBad =>
            meter.Relay.Acknowledges = !isBad);
        Comes(everyMs: WeekMs / 70, 0, 1, _ => meter.Board.Broker.Drop(_random.Next(2) == 0));
        Comes(everyMs: WeekMs, SecondMs, WeekMs / 7, isBad =>
        {
            meter.Board.Flash.IsFull = isBad;
            meter.IsStorageSound = false;
        });
        Comes(everyMs: WeekMs * 2, SecondMs, WeekMs / 70, isBad =>
        {
            meter.Board.Flash.IsFailing = isBad;
            meter.IsStorageSound = false;
        });
        meter.Board.StageStarting += Wrap;
        meter.Board.Ended += () =>
        {
            if (meter.Board.LastEnd == BootEnd.PowerLost)
            {
                After(Between(10, 60_000), meter.Board.SwitchOn);
            }
        };
        PlanRestart();
    }

    /// <summary>Losses of power, resets and exceptions so far.</summary>
    internal int Restarts { get; private set; }

    private BoardClock Clock => _meter.Board.Clock;

    private void Comes(double everyMs, double shortestMs, double longestMs, Action<bool> set) =>
        After(_random.NextDouble() * 2 * everyMs, () =>
        {
            set(true);
            After(Between(shortestMs + 1, longestMs), () =>
            {
                set(false);
                Comes(everyMs, shortestMs, longestMs, set);
            });
        });

    // As many seconds as hours as days.
    private double Between(double shortestMs, double longestMs) =>
        shortestMs * Math.Pow(longestMs / shortestMs, _random.NextDouble());

    private void After(double ms, Action happens) => Clock.At(Clock.NowMs + (ulong)ms, happens);

    private void PlanRestart() => After(_random.NextDouble() * 2 * _restartEveryMs, () =>
    {
        if (_meter.Board.IsRunning)
        {
            Restarts++;
            Restart();
        }
        else
        {
            _meter.Board.SwitchOn();
        }

        PlanRestart();
    });

    private void Restart()
    {
        var board = _meter.Board;
        switch (_random.Next(6))
        {
            case 0:
                board.CutPower();
                break;
            case 1:
                board.FailSupply(holdUpMs: 300);
                break;
            case 2:
                board.Flash.Torn = (TornWrite)_random.Next(4);
                board.Flash.CutAfter(_random.Next(2000));
                break;
            case 3:
                board.Restart();
                break;
            default:
                _throwing = (StageName)_random.Next(3);
                _throwIn = _random.Next(10);
                break;
        }
    }

    private void Wrap(GuardedStage guarded)
    {
        var isBefore = _random.Next(2) == 0;
        ThrowingStage.Wrap(
            guarded,
            () => isBefore && IsThrowing(guarded.Name),
            () => !isBefore && IsThrowing(guarded.Name));
    }

    private bool IsThrowing(StageName stage) =>
        _throwIn >= 0 && stage == _throwing && _throwIn-- == 0;
}
