using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Trading;

/// <summary>Every line that a keeper logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information,
        "Keeping market {Market} of {EnergyMarket} on chain {ChainId} as {Account}.")]
    public static partial void Started(
        this ILogger log, Bytes32 market, Address energyMarket, ulong chainId, Address account);

    [LoggerMessage(2, LogLevel.Information, "Keeper stopped.")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(3, LogLevel.Information, "Walked on through auction {Period}; {Gas} gas.")]
    public static partial void Walked(this ILogger log, uint period, ulong gas);

    [LoggerMessage(4, LogLevel.Information, "Cleared auction {Period}: {Result}; {Gas} gas.")]
    public static partial void Cleared(this ILogger log, uint period, string result, ulong gas);

    [LoggerMessage(5, LogLevel.Information,
        "Settled the {Side} of {Owner} in auction {Period}: {FilledKwh} of {Kwh} kWh moved; {Gas} "
            + "gas.")]
    public static partial void Settled(
        this ILogger log,
        string side,
        Address owner,
        uint period,
        string filledKwh,
        string kwh,
        ulong gas);

    [LoggerMessage(6, LogLevel.Information,
        "Meter {Meter} {Does} {Kwh} kWh in auction {Period} by its standing order; {Gas} gas.")]
    public static partial void Entered(
        this ILogger log, Address meter, string does, string kwh, uint period, ulong gas);

    [LoggerMessage(7, LogLevel.Information,
        "Redeemed {Kwh} kWh that meter {Meter} had bought; {Gas} gas.")]
    public static partial void Redeemed(this ILogger log, string kwh, Address meter, ulong gas);

    [LoggerMessage(8, LogLevel.Warning, "{Problem} The keeper tries again.")]
    public static partial void NoAnswer(this ILogger log, string problem);

    [LoggerMessage(9, LogLevel.Warning, "Not done: {What} ({Reason}); looked at again later.")]
    public static partial void NotDone(this ILogger log, string what, string reason);

    [LoggerMessage(10, LogLevel.Warning,
        "{Count} transaction(s) of {Account} wait for a block; nothing is sent until they are in "
            + "one.")]
    public static partial void Waiting(this ILogger log, ulong count, Address account);

    [LoggerMessage(11, LogLevel.Warning,
        "The base fee is {Fee} wei per gas; nothing is sent until it falls to maxFeeGwei.")]
    public static partial void FeeHigh(this ILogger log, string fee);
}
