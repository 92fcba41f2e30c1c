using Helios.Boards.Simulated;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>The lines of a board's helios.cfg that say where it belongs.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Ledger">The ledger on it.</param>
/// <param name="Owner">Who gets the coins.</param>
/// <param name="Controller">The one whose orders move the load switch.</param>
internal sealed record BoardDeployment(
    ulong ChainId, Address Ledger, Address Owner, Address Controller)
{
    /// <summary>The largest open rest, Wh.</summary>
    public const uint MaxOpenWh = 10_000;

    /// <summary>The whole file.</summary>
    /// <param name="element">The secure element that may be locked; null for none.</param>
    public string TextFor(ElementMemory? element)
    {
        var text = $"""
            chain-id = {ChainId}
            ledger = {Ledger}
            owner = {Owner}
            broker = broker.example
            impulses-per-kwh = 1000
            rated-power-w = 45000
            wh-per-coin = 100
            max-open-wh = {MaxOpenWh}
            controllers = {Controller}
            controller-threshold = 1
            provisioning-nonce = 000102030405060708090a0b0c0d0e0f

            """;
        return element is null
            ? text
            : text + "key = atecc608\nelement-lock = "
                + $"{Convert.ToHexStringLower(element.Serial)}\n";
    }
}
