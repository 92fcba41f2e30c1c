// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MarketBooks} from "./MarketBooks.sol";
import {ICallAuctions} from "./interfaces/ICallAuctions.sol";
import {Auction} from "./types/Auction.sol";
import {Level} from "./types/Level.sol";
import {Market} from "./types/Market.sol";
import {Order} from "./types/Order.sol";
import {OrderNumber, orderNumber} from "./types/OrderNumber.sol";

/// @title CallAuctions
/// @notice Periodic auctions at one price for all. See ICallAuctions.
abstract contract CallAuctions is MarketBooks, ICallAuctions {
    uint32 private constant PERIOD_MAX_S = 1 days;

    /// @inheritdoc ICallAuctions
    uint32 public immutable periodS;

    /// @dev The newest order of each side of each level: where it ends, the level does. So the
    /// first order of a level fills one slot, not two. It moves to _olderOrders when the next one
    /// comes.
    mapping(bytes32 market => mapping(OrderNumber level => Order)) private _newestOrders;
    mapping(bytes32 market => mapping(OrderNumber => Order)) private _olderOrders;
    mapping(bytes32 market => mapping(uint32 period => Auction)) private _auctions;

    constructor(uint32 periodS_) {
        if (periodS_ == 0 || periodS_ > PERIOD_MAX_S) revert PeriodLengthRefused(periodS_);
        periodS = periodS_;
    }

    /// @inheritdoc ICallAuctions
    function bid(bytes32 market, uint32 period, uint48 lots, uint16 ticks)
        external
        payable
        nonReentrant
        returns (uint256 order)
    {
        Market memory facts = _knownMarket(market);
        _requireOrder(period, lots, ticks);

        order = _place(market, true, lots, ticks, msg.sender);

        _takeMoney(facts.token, lots * _moneyPerLot(facts, ticks));
    }

    /// @inheritdoc ICallAuctions
    function ask(bytes32 market, uint32 period, uint48 lots, uint16 ticks)
        external
        nonReentrant
        returns (uint256 order)
    {
        Market memory facts = _knownMarket(market);
        _requireOrder(period, lots, ticks);

        order = _place(market, false, lots, ticks, msg.sender);

        _moveCoins(msg.sender, address(this), lots * _coinsPerLot(facts));
    }

    /// @inheritdoc ICallAuctions
    function clear(bytes32 market, uint32 period, uint256 levels)
        external
        nonReentrant
        returns (bool)
    {
        uint256 endsAt = (uint256(period) + 1) * periodS;
        if (block.timestamp < endsAt) revert PeriodNotOver(endsAt, block.timestamp);
        _knownMarket(market);
        Auction memory auction = _auctions[market][period];
        if (auction.isCleared) return true;

        mapping(OrderNumber level => Order) storage newest = _newestOrders[market];
        for (; levels != 0 && !auction.isCleared; --levels) {
            if (auction.cursor < TICKS_MAX) _addDemand(auction, newest, period);
            else _seekPrice(auction, newest, period);
        }

        _auctions[market][period] = auction;
        if (auction.isCleared) {
            emit AuctionCleared(market, period, auction.priceTicks, _volume(auction));
        }
        return auction.isCleared;
    }

    /// @inheritdoc ICallAuctions
    function settleOrder(bytes32 market, uint256 order)
        external
        nonReentrant
        returns (uint48 filledLots)
    {
        OrderNumber number = OrderNumber.wrap(order);
        if (!_isUnsettled(market, number)) revert OrderUnknown(market, order);
        return _settle(market, number);
    }

    /// @inheritdoc ICallAuctions
    function currentPeriod() public view returns (uint32) {
        // Fits until 2106, even at one second.
        return uint32(block.timestamp / periodS);
    }

    /// @inheritdoc ICallAuctions
    function auctionOf(bytes32 market, uint32 period) external view returns (Auction memory) {
        return _auctions[market][period];
    }

    /// @inheritdoc ICallAuctions
    function orderOf(bytes32 market, uint256 order) external view returns (Order memory) {
        return _orderAt(market, OrderNumber.wrap(order));
    }

    /// @inheritdoc ICallAuctions
    function bookOf(bytes32 market, uint32 period) external view returns (Level[] memory book) {
        book = new Level[](TICKS_MAX);
        mapping(OrderNumber level => Order) storage newest = _newestOrders[market];
        for (uint16 i = 0; i < TICKS_MAX; ++i) {
            book[i].bids = _lotsAt(newest, orderNumber(period, true, i + 1, 0));
            book[i].asks = _lotsAt(newest, orderNumber(period, false, i + 1, 0));
        }
    }

    /// @dev Writes an order into the book of the period that is on. Its escrow is the caller's to
    /// take.
    function _place(bytes32 market, bool isBid, uint48 lots, uint16 ticks, address owner)
        internal
        returns (uint256 order)
    {
        uint32 period = currentPeriod();
        OrderNumber level = orderNumber(period, isBid, ticks, 0);
        Order memory last = _newestOrders[market][level];
        uint48 before = last.upTo;
        if (lots > type(uint48).max - before) revert LevelFull(before, lots);

        if (before != 0) {
            uint48 beforeLast = before - last.lots;
            _olderOrders[market][orderNumber(period, isBid, ticks, beforeLast)] = last;
        }
        _newestOrders[market][level] = Order(owner, lots, before + lots);
        order = OrderNumber.unwrap(orderNumber(period, isBid, ticks, before));
        emit OrderPlaced(market, owner, period, order, lots);
    }

    /// @dev Settles an order that is there.
    function _settle(bytes32 market, OrderNumber number) internal returns (uint48 filledLots) {
        Order memory order = _orderAt(market, number);
        filledLots = _filledLots(market, number, order.lots);
        Market memory facts = _knownMarket(market);
        uint16 priceTicks = _auctions[market][number.period()].priceTicks;
        uint256 unfilledLots = order.lots - filledLots;
        uint256 paid = filledLots * _moneyPerLot(facts, priceTicks);

        _remove(market, number);
        emit OrderSettled(market, order.owner, OrderNumber.unwrap(number), filledLots);
        if (number.isBid()) {
            uint256 escrow = order.lots * _moneyPerLot(facts, number.ticks());
            uint256 coins = filledLots * _coinsPerLot(facts);
            _credit(facts.token, order.owner, coins, escrow - paid);
        } else {
            _credit(facts.token, order.owner, unfilledLots * _coinsPerLot(facts), paid);
        }
    }

    /// @dev Lots that move of an order, settled or not: the result of a cleared auction stands.
    function _filledLots(bytes32 market, OrderNumber number, uint48 lots)
        internal
        view
        returns (uint48)
    {
        uint32 period = number.period();
        Auction storage auction = _auctions[market][period];
        if (!auction.isCleared) revert NotCleared(market, period);

        uint256 ticks = number.ticks();
        uint256 priceTicks = auction.priceTicks;
        bool isBid = number.isBid();
        if (priceTicks == 0) return 0;
        if (ticks != priceTicks) return (ticks > priceTicks) == isBid ? lots : 0;

        if (isBid != auction.isBidSurplus) return lots;

        uint256 fill = auction.fillLots;
        uint256 total = auction.totalLots;
        uint256 before = number.before();
        // Fits: at most lots, since fill is at most total.
        return uint48((before + lots) * fill / total - before * fill / total);
    }

    /// @dev An order that is in the book still.
    function _isUnsettled(bytes32 market, OrderNumber number) internal view returns (bool) {
        return _orderAt(market, number).owner != address(0);
    }

    function _isCleared(bytes32 market, OrderNumber number) internal view returns (bool) {
        return _auctions[market][number.period()].isCleared;
    }

    function _requireOrder(uint32 period, uint48 lots, uint16 ticks) private view {
        if (period != currentPeriod()) revert PeriodNotOpen(currentPeriod(), period);
        if (lots == 0) revert NoLots();
        _requireTicks(ticks);
    }

    function _orderAt(bytes32 market, OrderNumber number) private view returns (Order storage) {
        return _isNewest(market, number)
            ? _newestOrders[market][number.level()]
            : _olderOrders[market][number];
    }

    function _remove(bytes32 market, OrderNumber number) private {
        if (_isNewest(market, number)) delete _newestOrders[market][number.level()];
        else delete _olderOrders[market][number];
    }

    /// @dev Once the newest is settled, nothing is newest: the first order of a level has nothing
    /// before it either.
    function _isNewest(bytes32 market, OrderNumber number) private view returns (bool) {
        Order storage newest = _newestOrders[market][number.level()];
        return newest.lots != 0 && newest.upTo - newest.lots == number.before();
    }

    /// @dev Lots of a side at a level, while its newest order is not settled.
    function _lotsAt(mapping(OrderNumber level => Order) storage newest, OrderNumber level)
        private
        view
        returns (uint48)
    {
        return newest[level].upTo;
    }

    /// @dev A step of the first walk. Sums fit: 1024 levels of less than 2^48.
    function _addDemand(
        Auction memory auction,
        mapping(OrderNumber level => Order) storage newest,
        uint32 period
    ) private view {
        unchecked {
            auction.demand += _lotsAt(newest, orderNumber(period, true, ++auction.cursor, 0));
        }
    }

    /// @dev A step of the second walk. Demand falls and supply rises from tick to tick: so as long
    /// as supply is not in surplus, more moves than at the tick before, or as much with a smaller
    /// surplus; and after the first tick at which it is, nothing can be better.
    function _seekPrice(
        Auction memory auction,
        mapping(OrderNumber level => Order) storage newest,
        uint32 period
    ) private view {
        unchecked {
            uint16 ticks = ++auction.cursor - TICKS_MAX;
            auction.supply += _lotsAt(newest, orderNumber(period, false, ticks, 0));

            bool isCrossed = auction.demand < auction.supply;
            if (!isCrossed || _isBetterCrossed(auction)) _keepBest(auction, ticks);
            if (isCrossed || ticks == TICKS_MAX) _conclude(auction, newest, period);
            else auction.demand -= _lotsAt(newest, orderNumber(period, true, ticks, 0));
        }
    }

    /// @dev Whether a tick with supply in surplus is better than the best one, at which it is not.
    function _isBetterCrossed(Auction memory auction) private pure returns (bool) {
        (uint64 demand, uint64 volume) = (auction.demand, auction.bestSupply);
        if (demand != volume) return demand > volume;

        return auction.supply - demand < auction.bestDemand - volume;
    }

    function _keepBest(Auction memory auction, uint16 ticks) private pure {
        if (auction.demand != auction.bestDemand || auction.supply != auction.bestSupply) {
            (auction.bestDemand, auction.bestSupply) = (auction.demand, auction.supply);
            auction.lowestTicks = ticks;
        }
        auction.highestTicks = ticks;
    }

    /// @dev The price, by the rules of ICallAuctions, and what moves at it of the side that is in
    /// surplus: all but the surplus. At a tick where less than that stands, a tick beside it would
    /// be better. Balanced, all of either side moves.
    function _conclude(
        Auction memory auction,
        mapping(OrderNumber level => Order) storage newest,
        uint32 period
    ) private view {
        auction.isCleared = true;
        uint64 volume = _volume(auction);
        if (volume == 0) return;

        uint16 price = auction.lowestTicks;
        bool isBidSurplus = auction.bestDemand > auction.bestSupply;
        if (isBidSurplus) price = auction.highestTicks;
        if (auction.bestDemand == auction.bestSupply) {
            price = (auction.lowestTicks + auction.highestTicks) / 2;
        }
        uint64 surplus = _max(auction.bestDemand, auction.bestSupply) - volume;
        (auction.priceTicks, auction.isBidSurplus) = (price, isBidSurplus);
        auction.totalLots = _lotsAt(newest, orderNumber(period, isBidSurplus, price, 0));
        auction.fillLots = uint48(auction.totalLots - surplus);
    }

    function _volume(Auction memory auction) private pure returns (uint64) {
        return _min(auction.bestDemand, auction.bestSupply);
    }

    function _min(uint64 a, uint64 b) private pure returns (uint64) {
        return a < b ? a : b;
    }

    function _max(uint64 a, uint64 b) private pure returns (uint64) {
        return a > b ? a : b;
    }
}
