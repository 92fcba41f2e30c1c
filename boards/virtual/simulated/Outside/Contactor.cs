namespace Helios.Boards.Simulated;

/// <summary>
/// The load switch behind the coil: it follows with a lag, its contacts bounce when they close,
/// and they can be welded. Asked for moments of the past and present, as energy is computed when
/// somebody looks.
/// </summary>
public sealed class Contactor
{
    private readonly CoilDriver _coil;
    private readonly ulong _lagMs;
    private readonly ulong _bounceMs;
    private bool _isWelded;

    internal Contactor(CoilDriver coil, ulong lagMs, ulong bounceMs)
    {
        _coil = coil;
        _lagMs = lagMs;
        _bounceMs = bounceMs;
        coil.Changing += () => Changing?.Invoke();
    }

    /// <summary>
    /// What was said of the future is about to change: whoever computes what flows lets flow now
    /// what flowed until now.
    /// </summary>
    public event Action? Changing;

    /// <summary>True: the contacts are closed whatever the coil does.</summary>
    public bool IsWelded
    {
        get => _isWelded;
        set
        {
            Changing?.Invoke();
            _isWelded = value;
        }
    }

    /// <summary>Whether the contacts conduct.</summary>
    /// <param name="atMs">A moment not before the last change, ms.</param>
    /// <param name="untilMs">Until when that holds, unless something changes.</param>
    public bool ConductsAt(ulong atMs, out ulong untilMs)
    {
        var closesMs = _coil.HeldFromMs + _lagMs;
        var opensMs = _coil.LetsGoAtMs + _lagMs;
        untilMs = ulong.MaxValue;
        if (_isWelded || _coil.LetsGoAtMs == 0 || atMs >= opensMs)
        {
            return _isWelded;
        }

        if (atMs < closesMs)
        {
            untilMs = closesMs;
            return false;
        }

        if (atMs < closesMs + _bounceMs)
        {
            untilMs = atMs + 1;
            return (atMs - closesMs) % 2 == 0;
        }

        untilMs = opensMs;
        return true;
    }
}
