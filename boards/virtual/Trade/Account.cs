namespace Helios.Boards.Virtual.Trade;

/// <summary>What the owner of a house knows when he looks at his coins.</summary>
/// <param name="House">The house's number.</param>
/// <param name="IsConsumer">Whether he redeems; else he sells.</param>
/// <param name="BalanceWh">What his coins stand for, Wh.</param>
/// <param name="RestWh">What his meter may still let through, Wh.</param>
/// <param name="OpenWh">
/// The same as the chain has it, Wh: more, by what his meter has not signed yet.
/// </param>
public sealed record Account(
    int House, bool IsConsumer, ulong BalanceWh, ulong RestWh, ulong OpenWh);
