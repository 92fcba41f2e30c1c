using Helios.Chain;
using Helios.Relay;

namespace Helios.Control;

/// <summary>
/// Compares the orders that the broker retains with what final blocks authorise. What is
/// authorised never falls, so an order above it was above it when it was signed, too: whoever
/// signed it was wrong or lied, and his signature says so.
/// </summary>
internal static class AuditCommand
{
    private const int MetersPerRequest = 100;
    private const int ExitFound = 1;

    /// <returns>0 if no order is above what is authorised, else 1.</returns>
    public static async Task<int> RunAsync(
        ControlOptions options, TextWriter output, CancellationToken ct)
    {
        // The orders first: what honest controllers sign meanwhile is final by then.
        var orders = await OrderListener.ReadAsync(options, ct);
        ChainNode[] nodes =
            [.. options.RpcUrls.Select(url => new ChainNode(url, options.RpcTimeLimit))];
        try
        {
            var chain = await FinalChain.OpenAsync(options, nodes, ct);
            var found = await CompareAsync(orders, chain, output, ct);
            output.WriteLine($"{orders.Count} order(s) heard, {found} above what is authorised.");
            return found == 0 ? 0 : ExitFound;
        }
        catch (NodesDisagreeException disagreement)
        {
            throw new StartRefusedException(
                $"The nodes disagree: {disagreement.Message} Ask others.", disagreement);
        }
        finally
        {
            Array.ForEach(nodes, static node => node.Dispose());
        }
    }

    private static async Task<int> CompareAsync(
        IReadOnlyList<HeardOrder> orders,
        FinalChain chain,
        TextWriter output,
        CancellationToken ct)
    {
        var final = (await chain.NewestAsync(ct)).ToAll;
        var found = 0;
        foreach (var some in orders.Chunk(MetersPerRequest))
        {
            var authorised = await chain.AuthorisationsAsync(
                [.. some.Select(static order => order.Meter)], final, ct);
            for (var i = 0; i < some.Length; i++)
            {
                if (some[i].AuthorisedWh <= authorised[i].AuthorisedWh)
                {
                    continue;
                }

                found++;
                output.WriteLine(
                    $"Controller {some[i].Controller} ordered up to {some[i].AuthorisedWh} Wh for "
                    + $"meter {some[i].Meter}; block {final.Number} {final.Hash} authorises "
                    + $"{authorised[i].AuthorisedWh} Wh: {Hex.Of(some[i].Message)}");
            }
        }

        return found;
    }
}
