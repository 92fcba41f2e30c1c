using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>SNTP as one boot sees it.</summary>
internal sealed class TimeOfBoot(
    NetworkWeather weather, BoardClock clock, BoardHardware board, INetworkLink link) : ITimeSource
{
    private ulong? _answerAtMs;

    /// <inheritdoc/>
    public void Ask(string server)
    {
        _answerAtMs = null;
        if (!link.IsUp)
        {
            return;
        }

        board.Time.Freeze(weather.HasDns ? weather.DnsMs : weather.DnsMsMax);
        if (weather.HasDns && weather.HasTimeServer)
        {
            _answerAtMs = board.Time.UptimeMs + weather.LatencyMs;
        }
    }

    /// <inheritdoc/>
    public bool TryTake(out ulong unixMs)
    {
        var isThere = _answerAtMs <= board.Time.UptimeMs;
        unixMs = isThere ? (ulong)((long)clock.UnixMs + weather.TimeErrorMs) : 0;
        _answerAtMs = isThere ? null : _answerAtMs;
        return isThere;
    }
}
