using Helios.Boards.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// What the package's keep-alive thread does: after a silence it pings, and waits as long again, so
/// that a dead link is noticed after up to twice the period.
/// </summary>
internal sealed class KeepAlive(IBoardTime time, IMqttWire wire, ulong periodMs, Action broken)
{
    private ulong _sentAtMs = time.UptimeMs;
    private bool _isRunning;
    private bool _isPinging;

    internal void Start()
    {
        _isRunning = periodMs > 0;
        Wake();
    }

    internal void Stop() => _isRunning = false;

    /// <summary>Something was sent.</summary>
    internal void Sent() => _sentAtMs = time.UptimeMs;

    /// <summary>The ping was answered.</summary>
    internal void Answered() => _isPinging = false;

    private void Wake()
    {
        if (_isRunning)
        {
            time.CallAt(_sentAtMs + periodMs, Turn);
        }
    }

    private void Turn()
    {
        if (!_isRunning)
        {
            return;
        }

        if (time.UptimeMs - _sentAtMs >= periodMs)
        {
            if (_isPinging || !TryPing())
            {
                _isRunning = false;
                broken();
                return;
            }
        }

        Wake();
    }

    private bool TryPing()
    {
        try
        {
            wire.SendPing();
            _isPinging = true;
            Sent();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
