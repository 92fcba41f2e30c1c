// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {StandingPurchase} from "../types/StandingPurchase.sol";
import {StandingSale} from "../types/StandingSale.sol";

/// @title Standing orders
/// @notice Orders that enter auctions by themselves: one sale and one purchase a meter, made by its
/// owner. Anyone triggers them, and chooses nothing but the moment; each has at most one order in
/// the auctions at a time, and the next only once the auction of that one is cleared. Ending one or
/// making it anew changes nothing of that: its last order and the day's count stay its own.
///
/// **A sale** sells what the meter earned since it was made, at no less than its limit: of the
/// coins that the ledger minted for the meter, those not sold yet. It takes the coins that came
/// back from auctions out of the owner's credit, and the others out of his account, as far as he
/// has approved this contract.
///
/// **A purchase** keeps so much energy open on the meter: it bids for
///
///     keepWh - open - bought and not yet redeemed
///
/// in whole lots, at most dailyWh in a day of UTC, and only if Redemptions would take the coins
/// now. It pays from the owner's credit in the token, then from his account (the chain's own coin
/// from credit alone: it knows no approvals). Redeeming is a second call, open to anyone, all or
/// nothing; until then the coins stand to the owner's credit. If he withdraws them, they count as
/// bought no longer, unless as many others come into his credit before anybody calls: those are
/// redeemed in their place.
///
/// They end when the meter's owner changes: from then on nothing is triggered or redeemed. Orders
/// already in an auction stay binding, and their proceeds are the old owner's.
///
/// @dev Known limit: the ledger does not count changes of owner. A standing order that nobody has
/// ended or replaced holds again should the meter come back to who made it, as approvals of payers
/// do.
interface IStandingOrders {
    /// @notice The owner of a meter made a standing sale, or replaced the one before.
    event StandingSaleMade(
        address indexed meter, address indexed owner, bytes32 indexed market, uint16 ticks
    );

    /// @notice The owner of a meter made a standing purchase, or replaced the one before.
    event StandingPurchaseMade(
        address indexed meter,
        address indexed owner,
        bytes32 indexed market,
        uint16 ticks,
        uint48 keepWh,
        uint48 dailyWh
    );

    /// @notice A standing sale has ended.
    event StandingSaleEnded(address indexed meter, address indexed owner);

    /// @notice A standing purchase has ended.
    event StandingPurchaseEnded(address indexed meter, address indexed owner);

    /// @notice Coins that a standing purchase bought were redeemed for its meter.
    event BoughtRedeemed(address indexed meter, address indexed owner, uint256 amount);

    /// @notice Only the meter's owner makes standing orders for it, and only who made one ends it
    /// while the meter is his.
    error NotTheMetersOwner(address owner, address caller);

    /// @notice The meter may not have so much open in this deployment, Wh.
    error KeepTooLarge(uint48 maxOpenWh, uint48 keepWh);

    /// @notice The meter has no such standing order.
    error NoStandingOrder(address meter);

    /// @notice The meter has passed to another owner.
    error OwnerChanged(address meter, address maker, address owner);

    /// @notice The order before is in an auction that is not cleared: until it is, no other is
    /// placed, and the standing order does not move to another market. An owner who wants to move
    /// it ends it: then nobody places another, and once that auction is cleared he makes it anew.
    error OrderIsLive(bytes32 market, uint256 order);

    /// @notice Less than a lot is due, or to be had of the owner's credit, balance and allowance.
    error NothingDue(address meter);

    /// @notice Redemptions would not take so many coins for the meter now: the owner has not
    /// approved this contract as payer, or the meter is not active.
    error CannotRedeem(address meter, uint256 amount);

    /// @notice Makes the standing sale of a meter, of what it earns from now on; and of what its
    /// last order leaves unsold, if it is in an auction or nobody has triggered the next. Where it
    /// moves to another market, coins that came back before stay in the owner's credit.
    /// @param ticks Limit of its asks.
    function makeStandingSale(address meter, bytes32 market, uint16 ticks) external;

    /// @notice Makes the standing purchase of a meter. Made anew, it still redeems what it has
    /// bought. Once it was ended or moves to another market, that stays in the owner's credit; but
    /// of an order that was in an auction when it was ended, what it buys counts for the next one.
    /// @param ticks Limit of its bids.
    /// @param keepWh What is to be open, Wh; at most the deployment's maxOpenWh.
    /// @param dailyWh The most to buy in a day of UTC, Wh.
    function makeStandingPurchase(
        address meter,
        bytes32 market,
        uint16 ticks,
        uint48 keepWh,
        uint48 dailyWh
    ) external;

    /// @notice Ends a standing sale: who made it, or anyone once the meter is another's.
    function endStandingSale(address meter) external;

    /// @notice Ends a standing purchase, likewise.
    function endStandingPurchase(address meter) external;

    /// @notice Enters a standing sale into the period that is on. Anyone.
    /// @return order Its number in the market.
    function triggerSale(address meter) external returns (uint256 order);

    /// @notice Enters a standing purchase into the period that is on. Anyone.
    /// @return order Its number in the market.
    function triggerPurchase(address meter) external returns (uint256 order);

    /// @notice Redeems all that a standing purchase has bought. Anyone; the owner has approved
    /// this contract as payer for his meter (IRedemptions.approvePayer).
    /// @return amount In units of 10^-18 coin.
    function redeemBought(address meter) external returns (uint256 amount);

    /// @notice The standing sale of a meter, as last triggered; its ticks are 0 if there is none.
    function saleOf(address meter) external view returns (StandingSale memory);

    /// @notice The standing purchase of a meter, as last triggered; its ticks are 0 if there is
    /// none.
    function purchaseOf(address meter) external view returns (StandingPurchase memory);
}
