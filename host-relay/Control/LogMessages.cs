using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Control;

/// <summary>Every line that a controller logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information,
        "Controller {Controller} of ledger {Ledger} on chain {ChainId}, {Nodes} node(s), broker "
            + "{Broker}; final is {Finality}.")]
    public static partial void Started(
        this ILogger log,
        Address controller,
        Address ledger,
        ulong chainId,
        int nodes,
        string broker,
        string finality);

    [LoggerMessage(2, LogLevel.Information, "Controller stopped.")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(3, LogLevel.Information,
        "Meter {Meter} may let energy through up to {AuthorisedWh} Wh: signed by block {Number} "
            + "({Hash}).")]
    public static partial void Signed(
        this ILogger log, Address meter, ulong authorisedWh, ulong number, string hash);

    [LoggerMessage(4, LogLevel.Warning, "{Problem} Nothing is signed; the controller tries again.")]
    public static partial void NoAnswer(this ILogger log, string problem);

    [LoggerMessage(5, LogLevel.Error,
        "The nodes disagree. {Problem} Nothing is signed until they agree.")]
    public static partial void NodesDisagree(this ILogger log, string problem);

    [LoggerMessage(6, LogLevel.Critical,
        "Block {Number} was final as {Before} and is {Now}: nothing is signed. Find out which "
            + "chain is right; if it is this one, start with another database.")]
    public static partial void FinalBlockUndone(
        this ILogger log, ulong number, string before, string now);

    [LoggerMessage(7, LogLevel.Warning, "{Problem} Nothing is signed; the controller tries again.")]
    public static partial void StoreAway(this ILogger log, string problem);

    [LoggerMessage(8, LogLevel.Information, "Published {Count} order(s) to the broker {Broker}.")]
    public static partial void Published(this ILogger log, int count, string broker);

    [LoggerMessage(9, LogLevel.Warning,
        "Lost the broker {Broker} ({Problem}); orders wait, connecting again in {Seconds} s.")]
    public static partial void BrokerLost(
        this ILogger log, string broker, string problem, int seconds);

    [LoggerMessage(10, LogLevel.Critical, "The controller stops: {Problem}")]
    public static partial void Failed(this ILogger log, string problem, Exception failure);

    [LoggerMessage(11, LogLevel.Warning,
        "The broker {Broker} refuses what is signed for meter {Meter}: let this controller write "
            + "{Topic} there, or give it the addresses of its meters.")]
    public static partial void TopicRefused(
        this ILogger log, string broker, Address meter, string topic);

    [LoggerMessage(12, LogLevel.Warning,
        "The node {Node} is {Blocks} blocks behind what is known to be final, at block {Number}: "
            + "nothing newer is signed until it follows.")]
    public static partial void NodeBehind(this ILogger log, Uri node, ulong blocks, ulong number);

    [LoggerMessage(13, LogLevel.Warning,
        "No block has become final since {Number}, at {Looks} looks: if the chain goes on, so must "
            + "the node {Node}. Nothing is signed meanwhile.")]
    public static partial void NothingFinal(this ILogger log, ulong number, int looks, Uri node);

    [LoggerMessage(14, LogLevel.Information, "Every node has the final block {Number} now.")]
    public static partial void FinalAgain(this ILogger log, ulong number);

    [LoggerMessage(15, LogLevel.Warning,
        "Meter {Meter} is authorised up to {AuthorisedWh} Wh, which no order can say: none is "
            + "signed for it.")]
    public static partial void FitsNoOrder(this ILogger log, Address meter, ulong authorisedWh);
}
