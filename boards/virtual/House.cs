using Helios.Boards.Virtual.Power;
using Helios.Boards.Virtual.Trade;
using Helios.Chain;

namespace Helios.Boards.Virtual;

/// <summary>One household of the neighbourhood.</summary>
/// <param name="Board">Its board, which is its meter.</param>
/// <param name="Series">The power that flows, or would.</param>
/// <param name="Meter">The address that the board signs with.</param>
/// <param name="Wallet">Of its owner, who gets the coins.</param>
/// <param name="IsConsumer">
/// Whether it takes in, by its load switch, what it redeemed coins for; else it feeds out.
/// </param>
/// <param name="HasStandingOrder">
/// Whether a standing order of the market sells or buys for it; else its owner does so himself.
/// </param>
/// <param name="IsOfPerson">
/// Whether it belongs to the person at the command line: nobody else uses its owner's wallet.
/// </param>
public sealed record House(
    VirtualBoard Board,
    PowerSeries Series,
    Address Meter,
    HouseWallet Wallet,
    bool IsConsumer,
    bool HasStandingOrder,
    bool IsOfPerson);
