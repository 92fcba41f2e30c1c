using Helios.Chain;
using Microsoft.Extensions.Logging;

namespace Helios.Relay;

/// <summary>Every line that the relay logs.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information,
        "Relay of ledger {Ledger} on chain {ChainId}, broker {Broker}, sender {Sender}.")]
    public static partial void Started(
        this ILogger log, Address ledger, ulong chainId, string broker, Address sender);

    [LoggerMessage(2, LogLevel.Information, "Relay stopped.")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(3, LogLevel.Debug, "Refused a message: {Reason}.")]
    public static partial void Refused(this ILogger log, RefusalReason reason);

    [LoggerMessage(4, LogLevel.Warning,
        "Meter {Meter} signed two readings with pagination {Pagination}: its key has a twin.")]
    public static partial void Conflicting(this ILogger log, Address meter, uint pagination);

    [LoggerMessage(5, LogLevel.Information, "Meter {Meter} is enrolled, owner {Owner}.")]
    public static partial void MeterFound(this ILogger log, Address meter, Address owner);

    [LoggerMessage(6, LogLevel.Warning, "{Problem} The relay tries again.")]
    public static partial void NodeUnreachable(this ILogger log, string problem);

    [LoggerMessage(
        7, LogLevel.Warning, "The node refused a call, the relay tries again: {Problem}")]
    public static partial void NodeRefused(this ILogger log, string problem);

    [LoggerMessage(8, LogLevel.Information,
        "Transaction {Nonce} ({Hash}) carries {Readings} readings, gas limit {GasLimit}.")]
    public static partial void Signed(
        this ILogger log, ulong nonce, string hash, int readings, ulong gasLimit);

    [LoggerMessage(9, LogLevel.Information,
        "Transaction {Nonce} in block {Block}: {Accepted} accepted, {Skipped} skipped, {Gas} "
            + "gas.")]
    public static partial void Confirmed(
        this ILogger log, ulong nonce, ulong block, int accepted, int skipped, ulong gas);

    [LoggerMessage(
        10, LogLevel.Warning, "Transaction {Nonce} ({Hash}) reverted in block {Block}.")]
    public static partial void Reverted(this ILogger log, ulong nonce, string hash, ulong block);

    [LoggerMessage(11, LogLevel.Warning, "Meter {Meter}: reading {Pagination} skipped: {Reason}.")]
    public static partial void Skipped(
        this ILogger log, Address meter, uint pagination, SkipReason reason);

    [LoggerMessage(12, LogLevel.Warning,
        "The node did not take transaction {Nonce} ({Result}: {Reason}); it is kept and sent "
            + "again.")]
    public static partial void NotTaken(
        this ILogger log, ulong nonce, BroadcastResult result, string reason);

    [LoggerMessage(13, LogLevel.Warning,
        "Nonce {Nonce} went to a transaction that is not ours: its readings get a new one.")]
    public static partial void NonceLost(this ILogger log, ulong nonce);

    [LoggerMessage(14, LogLevel.Warning,
        "Blocks were undone: transaction {Nonce} is sent again as it was signed.")]
    public static partial void Undone(this ILogger log, ulong nonce);

    [LoggerMessage(15, LogLevel.Warning,
        "A fee of {Needed} wei per gas is above the limit of {Limit}: the relay waits.")]
    public static partial void FeeTooHigh(this ILogger log, string needed, string limit);

    [LoggerMessage(16, LogLevel.Warning,
        "Gas for {Readings} readings cannot be estimated ({Reason}): they are tried in halves.")]
    public static partial void Halved(this ILogger log, int readings, string reason);

    [LoggerMessage(
        17, LogLevel.Warning, "Lost the broker {Broker} ({Why}); connecting again in {Seconds} s.")]
    public static partial void BrokerLost(
        this ILogger log, string broker, string why, int seconds);

    [LoggerMessage(18, LogLevel.Information, "Connected to the broker {Broker} again.")]
    public static partial void BrokerBack(this ILogger log, string broker);

    [LoggerMessage(19, LogLevel.Debug, "An acknowledgement to {Meter} was not taken: {Problem}")]
    public static partial void NotAcknowledged(this ILogger log, Address meter, string problem);

    [LoggerMessage(20, LogLevel.Critical, "The relay stops: {Problem}")]
    public static partial void Failed(this ILogger log, string problem, Exception? failure);

    [LoggerMessage(21, LogLevel.Warning,
        "Transaction {Nonce} is out of reach, since the chain is at {NonceOnChain} and nothing is "
            + "between: its readings get a new one.")]
    public static partial void OutOfReach(this ILogger log, ulong nonce, ulong nonceOnChain);

    [LoggerMessage(
        22, LogLevel.Warning, "{Problem} Nothing is acknowledged; the relay tries again.")]
    public static partial void StoreAway(this ILogger log, string problem);

    [LoggerMessage(23, LogLevel.Warning,
        "Meter {Meter} signs more readings than one may: what is above the limit is not stored.")]
    public static partial void MeterFloods(this ILogger log, Address meter);

    [LoggerMessage(24, LogLevel.Warning,
        "Client {Client} sends more messages than one may: what is above the limit is not taken.")]
    public static partial void ConnectionFloods(this ILogger log, string client);

    [LoggerMessage(25, LogLevel.Error,
        "The nonce of sender {Sender} is {NonceOnChain}, and this relay brought it to {Expected}: "
            + "another program uses the key, or the node is wrong. Nothing is signed until the "
            + "two agree or the relay is started again.")]
    public static partial void NonceForeign(
        this ILogger log, Address sender, ulong nonceOnChain, ulong expected);

    [LoggerMessage(26, LogLevel.Error,
        "Sender {Sender} holds {Balance} wei, and the next transaction may cost up to {Cost} with "
            + "those before it: send it money. Nothing is signed until then.")]
    public static partial void BalanceLow(
        this ILogger log, Address sender, string balance, string cost);

    [LoggerMessage(27, LogLevel.Information,
        "Transaction {Nonce} is sent again with a fee of {Fee} instead of {Before} wei per gas.")]
    public static partial void FeeRaised(
        this ILogger log, ulong nonce, string before, string fee);

    [LoggerMessage(28, LogLevel.Debug,
        "Looked at every meter again: {Readings} readings get another trial.")]
    public static partial void Rechecked(this ILogger log, int readings);
}
