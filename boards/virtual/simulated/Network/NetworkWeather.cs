namespace Helios.Boards.Simulated;

/// <summary>What works between a board and the world, to be changed at any time.</summary>
public sealed class NetworkWeather
{
    private bool _hasWifi = true;

    /// <summary>The board has a network's name and password.</summary>
    public bool HasCredentials { get; set; } = true;

    /// <summary>The network is there; when it goes, links and connections are gone.</summary>
    public bool HasWifi
    {
        get => _hasWifi;
        set
        {
            WifiLosses += _hasWifi && !value ? 1 : 0;
            _hasWifi = value;
        }
    }

    /// <summary>Names are found.</summary>
    public bool HasDns { get; set; } = true;

    /// <summary>The time server answers.</summary>
    public bool HasTimeServer { get; set; } = true;

    /// <summary>Added to the time server's answer, ms.</summary>
    public long TimeErrorMs { get; set; }

    /// <summary>How the broker's address answers.</summary>
    public BrokerMood Broker { get; set; }

    /// <summary>Part of the broker's answers that never arrives, 0 to 1.</summary>
    public double AnswerLoss { get; set; }

    /// <summary>From a packet to its answer, ms.</summary>
    public ulong LatencyMs { get; set; } = 40;

    /// <summary>Joining the Wi-Fi network, ms; all threads stand still.</summary>
    public ulong JoinMs { get; set; } = 2000;

    /// <summary>Looking in vain for it: the platform's limit.</summary>
    public ulong JoinMsMax { get; set; } = 20_000;

    /// <summary>From joining to an address, ms.</summary>
    public ulong AddressMs { get; set; } = 1500;

    /// <summary>A DNS answer, ms; all threads stand still.</summary>
    public ulong DnsMs { get; set; } = 30;

    /// <summary>A DNS answer that never comes, ms.</summary>
    public ulong DnsMsMax { get; set; } = 14_000;

    /// <summary>TCP and TLS, ms; all threads stand still.</summary>
    public ulong HandshakeMs { get; set; } = 2500;

    /// <summary>TCP's repetitions to an address where nobody answers, ms.</summary>
    public ulong UnreachableMs { get; set; } = 18_000;

    /// <summary>
    /// How long a mute peer freezes a TLS handshake, ms; by itself it never ends.
    /// </summary>
    public ulong MuteMs { get; set; } = ulong.MaxValue;

    internal long WifiLosses { get; private set; }
}
