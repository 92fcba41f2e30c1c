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

    mapping(bytes32 market => mapping(OrderNumber => Order)) private _orders;
    mapping(bytes32 market => mapping(uint32 period => Auction)) private _auctions;
    mapping(bytes32 market => mapping(uint32 period => mapping(uint256 ticks => Level))) private
        _levels;

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
        Auction memory auction = _auctions[market][period];
        if (auction.isCleared) return true;

        mapping(uint256 ticks => Level) storage book = _levels[market][period];
        for (; levels != 0 && !auction.isCleared; --levels) {
            if (auction.cursor < TICKS_MAX) _addDemand(auction, book);
            else _seekPrice(auction, book);
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
        if (_orders[market][number].lots == 0) revert OrderUnknown(market, order);
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
        return _orders[market][OrderNumber.wrap(order)];
    }

    /// @inheritdoc ICallAuctions
    function bookOf(bytes32 market, uint32 period) external view returns (Level[] memory book) {
        book = new Level[](TICKS_MAX);
        for (uint256 i = 0; i < TICKS_MAX; ++i) {
            book[i] = _levels[market][period][i + 1];
        }
    }

    /// @dev Writes an order into the book of the period that is on. Its escrow is the caller's to
    /// take.
    function _place(bytes32 market, bool isBid, uint48 lots, uint16 ticks, address owner)
        internal
        returns (uint256 order)
    {
        uint32 period = currentPeriod();
        Level memory level = _levels[market][period][ticks];
        uint48 before = isBid ? level.bids : level.asks;
        if (lots > type(uint48).max - before) revert LevelFull(before, lots);

        if (isBid) level.bids += lots;
        else level.asks += lots;
        _levels[market][period][ticks] = level;
        OrderNumber number = orderNumber(period, isBid, ticks, before);
        _orders[market][number] = Order(owner, lots);
        order = OrderNumber.unwrap(number);
        emit OrderPlaced(market, owner, period, order, lots);
    }

    /// @dev Settles an order that is there.
    function _settle(bytes32 market, OrderNumber number) internal returns (uint48 filledLots) {
        Order memory order = _orders[market][number];
        Auction memory auction = _auctions[market][number.period()];
        filledLots = _filledLots(market, number, order.lots);
        Market memory facts = _knownMarket(market);
        uint256 unfilledLots = order.lots - filledLots;
        uint256 paid = filledLots * _moneyPerLot(facts, auction.priceTicks);

        delete _orders[market][number];
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
        Auction memory auction = _auctions[market][period];
        if (!auction.isCleared) revert NotCleared(market, period);

        uint256 ticks = number.ticks();
        bool isBid = number.isBid();
        if (auction.priceTicks == 0) return 0;
        if (ticks != auction.priceTicks) return (ticks > auction.priceTicks) == isBid ? lots : 0;

        Level memory level = _levels[market][period][ticks];
        uint256 fill = isBid ? auction.bidsAtPrice : auction.asksAtPrice;
        uint256 total = isBid ? level.bids : level.asks;
        uint256 before = number.before();
        // Fits: at most lots, since fill is at most total.
        return uint48((before + lots) * fill / total - before * fill / total);
    }

    /// @dev An order that is in the book still.
    function _isUnsettled(bytes32 market, OrderNumber number) internal view returns (bool) {
        return _orders[market][number].lots != 0;
    }

    function _isCleared(bytes32 market, OrderNumber number) internal view returns (bool) {
        return _auctions[market][number.period()].isCleared;
    }

    function _requireOrder(uint32 period, uint48 lots, uint16 ticks) private view {
        if (period != currentPeriod()) revert PeriodNotOpen(currentPeriod(), period);
        if (lots == 0) revert NoLots();
        _requireTicks(ticks);
    }

    /// @dev A step of the first walk. Sums fit: 1024 levels of less than 2^48.
    function _addDemand(Auction memory auction, mapping(uint256 ticks => Level) storage book)
        private
        view
    {
        unchecked {
            auction.demand += book[++auction.cursor].bids;
        }
    }

    /// @dev A step of the second walk: keeps the best ticks so far. Demand falls and supply rises
    /// from tick to tick, so those with demand in surplus come first, then the balanced ones, and
    /// nothing after a tick with supply in surplus is better than that.
    function _seekPrice(Auction memory auction, mapping(uint256 ticks => Level) storage book)
        private
        view
    {
        unchecked {
            uint16 ticks = ++auction.cursor - TICKS_MAX;
            Level memory level = book[ticks];
            auction.supply += level.asks;

            _compare(auction, ticks);
            if (auction.demand < auction.supply || ticks == TICKS_MAX) _conclude(auction, book);
            else auction.demand -= level.bids;
        }
    }

    function _compare(Auction memory auction, uint16 ticks) private pure {
        (uint64 demand, uint64 supply) = (auction.demand, auction.supply);
        uint64 volume = _min(demand, supply);
        uint64 bestVolume = _volume(auction);
        uint64 surplus = _max(demand, supply) - volume;
        uint64 bestSurplus = _max(auction.bestDemand, auction.bestSupply) - bestVolume;

        bool isFirst = auction.lowestTicks == 0;
        if (isFirst || volume > bestVolume || (volume == bestVolume && surplus < bestSurplus)) {
            (auction.bestDemand, auction.bestSupply) = (demand, supply);
            (auction.lowestTicks, auction.highestTicks) = (ticks, ticks);
        } else if (demand == auction.bestDemand && supply == auction.bestSupply) {
            // Equally good, and in surplus on the same side.
            auction.highestTicks = ticks;
        }
    }

    /// @dev The price, by the rules of ICallAuctions, and what moves of the orders at it: the
    /// volume less the lots with better limits, which are filled whole.
    function _conclude(Auction memory auction, mapping(uint256 ticks => Level) storage book)
        private
        view
    {
        auction.isCleared = true;
        uint64 volume = _volume(auction);
        if (volume == 0) return;

        uint16 price = auction.lowestTicks;
        if (auction.bestDemand > auction.bestSupply) price = auction.highestTicks;
        if (auction.bestDemand == auction.bestSupply) {
            price = (auction.lowestTicks + auction.highestTicks) / 2;
        }
        Level memory level = book[price];
        auction.priceTicks = price;
        // Fit: at most the level's own lots.
        auction.bidsAtPrice = uint48(volume + level.bids - auction.bestDemand);
        auction.asksAtPrice = uint48(volume + level.asks - auction.bestSupply);
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
