using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>Wi-Fi as one boot sees it.</summary>
internal sealed class LinkOfBoot(NetworkWeather weather, BoardHardware board) : INetworkLink
{
    private bool _isJoined;
    private long _lossesAtJoin;
    private ulong _addressAtMs;

    /// <inheritdoc/>
    public bool IsUp => board.IsRunning
        && _isJoined
        && weather.WifiLosses == _lossesAtJoin
        && board.Time.UptimeMs >= _addressAtMs;

    /// <inheritdoc/>
    public LinkResult Connect()
    {
        _isJoined = false;
        if (!weather.HasCredentials)
        {
            return LinkResult.NoCredentials;
        }

        board.Time.Freeze(weather.HasWifi ? weather.JoinMs : weather.JoinMsMax);
        if (!weather.HasWifi || !board.IsRunning)
        {
            return LinkResult.Failed;
        }

        _isJoined = true;
        _lossesAtJoin = weather.WifiLosses;
        _addressAtMs = board.Time.UptimeMs + weather.AddressMs;
        return IsUp ? LinkResult.Up : LinkResult.AddressPending;
    }

    /// <inheritdoc/>
    public void Drop() => _isJoined = false;
}
