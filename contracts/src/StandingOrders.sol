// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {CallAuctions} from "./CallAuctions.sol";
import {IReadingLedger} from "./interfaces/IReadingLedger.sol";
import {IRedemptions} from "./interfaces/IRedemptions.sol";
import {IStandingOrders} from "./interfaces/IStandingOrders.sol";
import {Credit} from "./types/Credit.sol";
import {Market} from "./types/Market.sol";
import {OrderNumber} from "./types/OrderNumber.sol";
import {StandingPurchase} from "./types/StandingPurchase.sol";
import {StandingSale} from "./types/StandingSale.sol";

/// @title StandingOrders
/// @notice Orders that enter auctions by themselves, and redeem. See IStandingOrders.
/// @dev What an auction did with a standing order's last order is read from the auction's result,
/// which stands for good: whoever settled it, and when, makes no difference.
abstract contract StandingOrders is CallAuctions, IStandingOrders {
    uint48 private immutable _whPerCoin;

    mapping(address meter => StandingSale) private _sales;
    mapping(address meter => StandingPurchase) private _purchases;

    /// @dev Redemptions pulls coins only from who calls its redeem: approving it for all gives
    /// nobody else a say.
    constructor() {
        _whPerCoin = IReadingLedger(ledger).whPerCoin();
        IERC20(coin).approve(redemptions, type(uint256).max);
    }

    /// @inheritdoc IStandingOrders
    function makeStandingSale(address meter, bytes32 market, uint16 ticks) external nonReentrant {
        _requireMetersOwner(meter);
        Market memory facts = _knownMarket(market);
        _requireTicks(ticks);

        StandingSale memory sale;
        if (_sales[meter].owner == msg.sender) sale = _sales[meter];
        if (sale.market != market) _leaveSalesMarket(sale);
        (sale.owner, sale.market, sale.ticks) = (msg.sender, market, ticks);
        // What the last order offers was minted before, and is accounted for when it is over.
        sale.soldUpToWh = _mintedWh(meter) - uint48(sale.orderLots * uint256(facts.lotWh));
        _sales[meter] = sale;
        emit StandingSaleMade(meter, msg.sender, market, ticks);
    }

    /// @inheritdoc IStandingOrders
    function makeStandingPurchase(
        address meter,
        bytes32 market,
        uint16 ticks,
        uint48 keepWh,
        uint48 dailyWh
    ) external nonReentrant {
        _requireMetersOwner(meter);
        _knownMarket(market);
        _requireTicks(ticks);
        uint48 maxOpenWh = IRedemptions(redemptions).maxOpenWh();
        if (keepWh > maxOpenWh) revert KeepTooLarge(maxOpenWh, keepWh);

        StandingPurchase memory purchase;
        if (_purchases[meter].owner == msg.sender) purchase = _purchases[meter];
        if (purchase.market != market) _leavePurchasesMarket(purchase);
        (purchase.owner, purchase.market, purchase.ticks) = (msg.sender, market, ticks);
        (purchase.keepWh, purchase.dailyWh) = (keepWh, dailyWh);
        _purchases[meter] = purchase;
        emit StandingPurchaseMade(meter, msg.sender, market, ticks, keepWh, dailyWh);
    }

    /// @inheritdoc IStandingOrders
    function endStandingSale(address meter) external nonReentrant {
        StandingSale storage sale = _sales[meter];
        _requireMayEnd(meter, sale.owner, sale.ticks);

        sale.ticks = 0;
        emit StandingSaleEnded(meter, sale.owner);
    }

    /// @inheritdoc IStandingOrders
    function endStandingPurchase(address meter) external nonReentrant {
        StandingPurchase memory purchase = _purchases[meter];
        _requireMayEnd(meter, purchase.owner, purchase.ticks);

        if (_isOver(purchase)) _accountForPurchase(purchase, _knownMarket(purchase.market));
        (purchase.ticks, purchase.boughtWh) = (0, 0);
        _purchases[meter] = purchase;
        emit StandingPurchaseEnded(meter, purchase.owner);
    }

    /// @inheritdoc IStandingOrders
    function triggerSale(address meter) external nonReentrant returns (uint256 order) {
        StandingSale memory sale = _sales[meter];
        _requireHolds(meter, sale.owner, sale.ticks);
        Market memory facts = _knownMarket(sale.market);
        _accountForSale(sale, facts);

        uint256 fromCredit = _unsoldCoins(sale, facts.token);
        uint256 dueWh = _mintedWh(meter) - sale.soldUpToWh;
        uint256 spendable = fromCredit + _spendableCoins(sale.owner);
        uint256 lots = _min(dueWh / facts.lotWh, spendable / _coinsPerLot(facts));
        if (lots == 0) revert NothingDue(meter);
        uint256 coins = lots * _coinsPerLot(facts);
        fromCredit = _min(fromCredit, coins);

        // Fits: dueWh is below 2^48.
        sale.orderLots = uint48(lots);
        order = _place(sale.market, false, sale.orderLots, sale.ticks, sale.owner);
        // An order number has 104 bits.
        sale.order = uint104(order);
        sale.unsoldWh -= uint48(fromCredit / _unitsPerWh);
        _sales[meter] = sale;
        _spendCredit(facts.token, sale.owner, fromCredit, 0);

        if (coins != fromCredit) _moveCoins(sale.owner, address(this), coins - fromCredit);
    }

    /// @inheritdoc IStandingOrders
    function triggerPurchase(address meter) external nonReentrant returns (uint256 order) {
        StandingPurchase memory purchase = _purchases[meter];
        _requireHolds(meter, purchase.owner, purchase.ticks);
        Market memory facts = _knownMarket(purchase.market);
        _accountForPurchase(purchase, facts);

        uint256 moneyPerLot = _moneyPerLot(facts, purchase.ticks);
        uint256 fromCredit = creditOf[facts.token][purchase.owner].money;
        // A token that says it has more than there can be cannot overflow the sum.
        uint256 fromAccount =
            _min(_spendableMoney(facts.token, purchase.owner), type(uint128).max);
        uint256 lots =
            _min(_dueWh(meter, purchase) / facts.lotWh, (fromCredit + fromAccount) / moneyPerLot);
        if (lots == 0) revert NothingDue(meter);
        uint256 money = lots * moneyPerLot;
        fromCredit = _min(fromCredit, money);
        _requireRedeemable(meter, purchase.boughtWh + lots * facts.lotWh);

        // Fits: what is due is below 2^48.
        purchase.orderLots = uint48(lots);
        purchase.todayWh += uint48(lots * facts.lotWh);
        order = _place(purchase.market, true, purchase.orderLots, purchase.ticks, purchase.owner);
        // An order number has 104 bits.
        purchase.order = uint104(order);
        _purchases[meter] = purchase;
        _spendCredit(facts.token, purchase.owner, 0, fromCredit);

        if (money != fromCredit) _pullMoney(facts.token, purchase.owner, money - fromCredit);
    }

    /// @inheritdoc IStandingOrders
    function redeemBought(address meter) external nonReentrant returns (uint256 amount) {
        StandingPurchase memory purchase = _purchases[meter];
        _requireHolds(meter, purchase.owner, purchase.ticks);
        Market memory facts = _knownMarket(purchase.market);
        // While the last order is in its auction, what was bought before can be redeemed.
        if (_isOver(purchase)) _accountForPurchase(purchase, facts);
        else _forgetWithdrawn(purchase, facts.token);
        amount = purchase.boughtWh * _unitsPerWh;
        if (amount == 0) revert NothingDue(meter);

        purchase.boughtWh = 0;
        _purchases[meter] = purchase;
        _spendCredit(facts.token, purchase.owner, amount, 0);
        emit BoughtRedeemed(meter, purchase.owner, amount);

        IRedemptions(redemptions).redeem(meter, amount);
    }

    /// @inheritdoc IStandingOrders
    function saleOf(address meter) external view returns (StandingSale memory) {
        return _sales[meter];
    }

    /// @inheritdoc IStandingOrders
    function purchaseOf(address meter) external view returns (StandingPurchase memory) {
        return _purchases[meter];
    }

    function _requireMetersOwner(address meter) private view {
        address owner = IReadingLedger(ledger).ownerOf(meter);
        if (msg.sender != owner) revert NotTheMetersOwner(owner, msg.sender);
    }

    function _requireMayEnd(address meter, address maker, uint16 ticks) private view {
        if (ticks == 0) revert NoStandingOrder(meter);
        bool hasEnded = IReadingLedger(ledger).ownerOf(meter) != maker;
        if (msg.sender != maker && !hasEnded) revert NotTheMetersOwner(maker, msg.sender);
    }

    function _requireHolds(address meter, address maker, uint16 ticks) private view {
        if (ticks == 0) revert NoStandingOrder(meter);
        address owner = IReadingLedger(ledger).ownerOf(meter);
        if (owner != maker) revert OwnerChanged(meter, maker, owner);
    }

    /// @dev Buys only what could become energy now.
    function _requireRedeemable(address meter, uint256 amountWh) private view {
        uint256 amount = amountWh * _unitsPerWh;
        if (!IRedemptions(redemptions).canRedeem(meter, address(this), amount)) {
            revert CannotRedeem(meter, amount);
        }
    }

    /// @dev Energy of all coins that were minted for a meter. Fits: at most what it exported.
    function _mintedWh(address meter) private view returns (uint48) {
        return uint48(IReadingLedger(ledger).mintedOf(meter) * _whPerCoin);
    }

    /// @dev An order in the market that a sale leaves must be over. What it did not sell there stays
    /// in the credit.
    function _leaveSalesMarket(StandingSale memory sale) private {
        if (sale.orderLots != 0) _accountForSale(sale, _knownMarket(sale.market));
        sale.unsoldWh = 0;
    }

    /// @dev Likewise of a purchase, and what it bought there.
    function _leavePurchasesMarket(StandingPurchase memory purchase) private {
        if (purchase.orderLots != 0) {
            _accountForPurchase(purchase, _knownMarket(purchase.market));
        }
        purchase.boughtWh = 0;
    }

    function _isOver(StandingPurchase memory purchase) private view returns (bool) {
        return _isCleared(purchase.market, OrderNumber.wrap(purchase.order));
    }

    /// @dev What came of the last order: sold, or back and to be offered again.
    function _accountForSale(StandingSale memory sale, Market memory facts) private {
        if (sale.orderLots == 0) return;
        uint48 filledLots = _finish(sale.market, sale.order, sale.orderLots);

        // Fit: below all that was minted.
        sale.soldUpToWh += uint48(filledLots * uint256(facts.lotWh));
        sale.unsoldWh += uint48((sale.orderLots - filledLots) * uint256(facts.lotWh));
        sale.orderLots = 0;
    }

    /// @dev What came of the last order: bought, or missed and not counted for that day.
    function _accountForPurchase(StandingPurchase memory purchase, Market memory facts) private {
        if (purchase.orderLots != 0) {
            uint48 filledLots = _finish(purchase.market, purchase.order, purchase.orderLots);
            // Fit: below what was due.
            purchase.boughtWh += uint48(filledLots * uint256(facts.lotWh));
            purchase.todayWh -= uint48((purchase.orderLots - filledLots) * uint256(facts.lotWh));
            purchase.orderLots = 0;
        }

        _forgetWithdrawn(purchase, facts.token);
        uint32 today = uint32(block.timestamp / 1 days);
        if (purchase.day != today) (purchase.day, purchase.todayWh) = (today, 0);
    }

    /// @dev Settles the order if nobody has, and says what it brought.
    function _finish(bytes32 market, uint256 order, uint48 lots) private returns (uint48) {
        OrderNumber number = OrderNumber.wrap(order);
        if (!_isCleared(market, number)) revert OrderIsLive(market, order);

        if (_isUnsettled(market, number)) return _settle(market, number);
        return _filledLots(market, number, lots);
    }

    /// @dev Coins that the owner has withdrawn are bought no longer.
    function _forgetWithdrawn(StandingPurchase memory purchase, address token) private view {
        uint256 creditWh = creditOf[token][purchase.owner].coins / _unitsPerWh;
        if (creditWh < purchase.boughtWh) purchase.boughtWh = uint48(creditWh);
    }

    /// @dev Coins of the owner's credit that came back from auctions.
    function _unsoldCoins(StandingSale memory sale, address token)
        private
        view
        returns (uint256)
    {
        uint256 creditWh = creditOf[token][sale.owner].coins / _unitsPerWh;
        if (creditWh < sale.unsoldWh) sale.unsoldWh = uint48(creditWh);
        return sale.unsoldWh * _unitsPerWh;
    }

    /// @dev What the meter lacks, as far as the day allows.
    function _dueWh(address meter, StandingPurchase memory purchase)
        private
        view
        returns (uint256)
    {
        uint256 hasWh = IRedemptions(redemptions).openWh(meter) + purchase.boughtWh;
        uint256 lacksWh = hasWh < purchase.keepWh ? purchase.keepWh - hasWh : 0;
        uint256 leftWh =
            purchase.todayWh < purchase.dailyWh ? purchase.dailyWh - purchase.todayWh : 0;
        return _min(lacksWh, leftWh);
    }

    function _min(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? a : b;
    }
}
