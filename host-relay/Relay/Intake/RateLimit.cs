namespace Helios.Relay;

/// <summary>
/// Lets through so many a second, and a burst after a pause (the generic cell rate algorithm: one
/// number, the time until which everything let through is paid for). For several threads at once.
/// </summary>
internal sealed class RateLimit
{
    private const long NameAgainAfterS = 60;

    private readonly TimeProvider _clock;
    private readonly long _interval;
    private readonly long _burst;
    private long _paidUntil;
    private long _nameAgainAt = long.MinValue;

    /// <param name="perSecond">0 lets everything through.</param>
    /// <param name="burstS">Seconds' worth that may come at once; at least 1.</param>
    /// <param name="clock">Its timestamps count.</param>
    public RateLimit(int perSecond, int burstS, TimeProvider clock)
    {
        _clock = clock;
        _interval = perSecond == 0 ? 0 : clock.TimestampFrequency / perSecond;
        _burst = burstS * clock.TimestampFrequency;
        _paidUntil = clock.GetTimestamp();
    }

    /// <summary>Whether one more may pass now.</summary>
    public bool TryPass()
    {
        while (_interval > 0)
        {
            var now = _clock.GetTimestamp();
            var before = Volatile.Read(ref _paidUntil);
            var after = Math.Max(before, now) + _interval;
            if (after - now > _burst)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _paidUntil, after, before) == before)
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>Whether a refusal is to be logged: the first in a minute.</summary>
    public bool IsToBeNamed()
    {
        var now = _clock.GetTimestamp();
        var at = Volatile.Read(ref _nameAgainAt);
        return now >= at
            && Interlocked.CompareExchange(
                ref _nameAgainAt, now + (NameAgainAfterS * _clock.TimestampFrequency), at) == at;
    }
}
