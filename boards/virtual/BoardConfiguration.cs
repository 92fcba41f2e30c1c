using System.Globalization;
using System.Security.Cryptography;
using Helios.Boards.Simulated;
using Helios.Boards.Virtual.Trade;
using Helios.Chain;
using Helios.LocalChain;

namespace Helios.Boards.Virtual;

/// <summary>A helios.cfg as it would be written to a board by hand.</summary>
public static class BoardConfiguration
{
    /// <summary>The text of the file.</summary>
    /// <param name="options">What all meters have in common.</param>
    /// <param name="ledger">Where the ledger stands.</param>
    /// <param name="owner">Who gets the coins.</param>
    /// <param name="brokerPort">TCP port of the broker on this computer.</param>
    /// <param name="controllers">Whose orders move its load switch; null without one.</param>
    /// <param name="element">Its secure element; null keeps the key in files.</param>
    public static string TextOf(
        NeighbourhoodOptions options,
        Address ledger,
        Address owner,
        int brokerPort,
        Controllers? controllers,
        ElementMemory? element)
    {
        ArgumentNullException.ThrowIfNull(options);
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            chain-id = {LocalNode.ChainId}
            ledger = {ledger}
            owner = {owner}
            broker = 127.0.0.1
            broker-port = {brokerPort}
            broker-tls = no
            impulses-per-kwh = {options.ImpulsesPerKwh}
            rated-power-w = {options.EnrolledPowerW}
            wh-per-coin = {options.WhPerCoin}
            max-open-wh = {options.MaxOpenWh}
            heartbeat-s = 86400
            provisioning-nonce = {nonce}

            """);
        if (element is not null)
        {
            text += "key = atecc608\nelement-lock = "
                + $"{Convert.ToHexStringLower(element.Serial)}\n";
        }

        return controllers is null ? text : string.Create(CultureInfo.InvariantCulture, $"""
            {text}controllers = {string.Join(", ", controllers.Addresses)}
            controller-threshold = {Controllers.Threshold}

            """);
    }
}
