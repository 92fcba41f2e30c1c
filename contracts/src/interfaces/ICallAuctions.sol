// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Auction} from "../types/Auction.sol";
import {Level} from "../types/Level.sol";
import {Order} from "../types/Order.sol";

/// @title Call auctions
/// @notice In every market, one auction a period, at one price for all. Periods are numbered by
/// block time: period p lasts from p x periodS to (p + 1) x periodS, its end not included.
///
/// A bid or an ask is escrowed at its limit and binding for the period it names: there is no
/// cancelling and no carrying over. After its end nothing changes a period. Then anyone clears it,
/// in any steps, anyone settles its orders, each once, and each owner withdraws.
///
/// With bids(t) and asks(t) the lots with limit t:
///
///     demand(t) = sum of bids(u), u >= t          supply(t) = sum of asks(u), u <= t
///     volume(t) = min(demand(t), supply(t))
///
/// The price is one of the ticks with the greatest volume, if that is above 0; of those, one of
/// the ticks with the smallest |demand - supply|. If these are balanced: their middle, rounded
/// down. Else, if demand is in surplus at any of them: the highest at which it is. Else the
/// lowest. (Demand may be in surplus at one tick and supply, by as much, at the next.)
///
/// Orders with a better limit than the price are filled whole, and so are those at the price of the
/// side that is not in surplus. Those of the side that is share what is left, `fill` of `total`
/// lots, in the order in which they came:
///
///     filled = floor((before + lots) x fill / total) - floor(before x fill / total)
///
/// which adds up to `fill` exactly, and gives each its share to less than a lot. Of an order of one
/// lot that is all or nothing: who comes after such orders can place lots so that the whole ones are
/// his. In one order of many lots each gets his share.
///
/// Warnings. The book is open: who comes last sees what the others want, and nobody is hindered
/// from trading with himself to move a price. Your limit is what protects you: nobody pays more
/// than his limit or gets less.
interface ICallAuctions {
    /// @notice An order stands, and binds.
    /// @param order Its number in the market: see OrderNumber. Side, limit and place are in it.
    event OrderPlaced(
        bytes32 indexed market,
        address indexed owner,
        uint32 indexed period,
        uint256 order,
        uint48 lots
    );

    /// @notice An auction has its price: `lots` moved, at `priceTicks`; or 0 at 0.
    event AuctionCleared(
        bytes32 indexed market, uint32 indexed period, uint16 priceTicks, uint64 lots
    );

    /// @notice What an order brought, or did not use, is credited to its owner.
    event OrderSettled(
        bytes32 indexed market, address indexed owner, uint256 order, uint48 filledLots
    );

    /// @notice An auction lasts 1 s to a day.
    error PeriodLengthRefused(uint32 periodS);

    /// @notice An order names the period that is on.
    error PeriodNotOpen(uint256 current, uint32 given);

    /// @notice An auction is cleared after its end.
    error PeriodNotOver(uint256 endsAt, uint256 blockTime);

    /// @notice A level of an auction holds less than 2^48 lots of a side.
    error LevelFull(uint48 taken, uint48 lots);

    /// @notice The order's auction is not cleared.
    error NotCleared(bytes32 market, uint32 period);

    /// @notice There is no such order, or it is settled.
    error OrderUnknown(bytes32 market, uint256 order);

    /// @notice Bids for coins at no more than `ticks` a lot, and escrows lots x ticks x
    /// unitsPerTick of the market's token: approved for this contract before, or, the chain's own
    /// coin, sent with the call.
    /// @param period The one that is on.
    /// @return order The number by which it is settled.
    function bid(bytes32 market, uint32 period, uint48 lots, uint16 ticks)
        external
        payable
        returns (uint256 order);

    /// @notice Asks no less than `ticks` a lot for coins, and escrows them: approved for this
    /// contract before.
    function ask(bytes32 market, uint32 period, uint48 lots, uint16 ticks)
        external
        returns (uint256 order);

    /// @notice Walks on through an auction that has ended, by at most so many levels. 2048 are
    /// always enough, since there are two walks, and fit a transaction, however many orders there
    /// are. Nothing left to walk is no error.
    /// @return isCleared Whether its price stands.
    function clear(bytes32 market, uint32 period, uint256 levels)
        external
        returns (bool isCleared);

    /// @notice Credits an order's owner with what it brought and what it did not use. Once.
    /// @return filledLots Lots that moved.
    function settleOrder(bytes32 market, uint256 order) external returns (uint48 filledLots);

    /// @notice The number of the period that is on.
    function currentPeriod() external view returns (uint32);

    /// @notice How long an auction lasts, s.
    function periodS() external view returns (uint32);

    /// @notice How far an auction is cleared, and its result.
    function auctionOf(bytes32 market, uint32 period) external view returns (Auction memory);

    /// @notice An order that is not settled; zeros if there is none.
    function orderOf(bytes32 market, uint256 order) external view returns (Order memory);

    /// @notice All levels of an auction, 1024 of them; that of tick t at place t - 1.
    /// @dev Until its orders are settled: settling takes them out. Afterwards see OrderPlaced.
    function bookOf(bytes32 market, uint32 period) external view returns (Level[] memory);
}
