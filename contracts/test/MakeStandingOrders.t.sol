// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {IStandingOrders} from "../src/interfaces/IStandingOrders.sol";
import {StandingPurchase} from "../src/types/StandingPurchase.sol";
import {StandingSale} from "../src/types/StandingSale.sol";
import {StandingOrdersTest} from "./StandingOrdersTest.sol";

/// @notice makeStandingSale, makeStandingPurchase, endStandingSale, endStandingPurchase.
contract MakeStandingOrdersTest is StandingOrdersTest {
    function _refuses(address caller, bytes32 market_, uint16 ticks, bytes memory why) private {
        VM.expectRevert(why);
        VM.prank(caller);
        energy.makeStandingSale(meter, market_, ticks);
        VM.expectRevert(why);
        VM.prank(caller);
        energy.makeStandingPurchase(meter, market_, ticks, 1000, 1000);
    }

    function _refusesEnd(address caller, address of_, bytes memory why) private {
        VM.expectRevert(why);
        VM.prank(caller);
        energy.endStandingSale(of_);
        VM.expectRevert(why);
        VM.prank(caller);
        energy.endStandingPurchase(of_);
    }

    function test_makeStandingOrder_revertsIfNotTheMetersOwner() public {
        _refuses(STRANGER, market, 100, notTheMetersOwner(OWNER, STRANGER));
    }

    function test_makeStandingOrder_revertsIfTheMeterIsNotEnrolled() public {
        VM.expectRevert(notTheMetersOwner(address(0), OWNER));
        VM.prank(OWNER);
        energy.makeStandingSale(address(0xDEAD), market, 100);
    }

    function test_makeStandingOrder_revertsIfNobodyMadeTheMarket() public {
        _refuses(
            OWNER,
            bytes32(0),
            100,
            abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(0))
        );
    }

    function test_makeStandingOrder_revertsIfOffTheGrid() public {
        _refuses(OWNER, market, 0, abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 0));
        _refuses(
            OWNER, market, 1025, abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 1025)
        );
    }

    function test_makeStandingPurchase_revertsIfMoreIsToBeOpenThanMayBe() public {
        VM.expectRevert(
            abi.encodeWithSelector(
                IStandingOrders.KeepTooLarge.selector, MAX_OPEN_WH, MAX_OPEN_WH + 1
            )
        );
        makePurchase(MAX_OPEN_WH + 1, 1);
        makePurchase(MAX_OPEN_WH, 1);
    }

    function test_endStandingOrder_revertsIfThereIsNone() public {
        _refusesEnd(OWNER, meter, noOrder(meter));
    }

    function test_endStandingOrder_revertsForAnyoneElseWhileTheMeterIsTheMakers() public {
        VM.prank(OWNER);
        energy.makeStandingSale(consumer, market, 100);
        makePurchase(1000, 1000);
        _refusesEnd(STRANGER, consumer, notTheMetersOwner(OWNER, STRANGER));
    }

    function test_makeStandingSale_startsAtWhatWasMinted() public {
        earn(3700);
        VM.expectEmit(address(energy));
        emit IStandingOrders.StandingSaleMade(meter, OWNER, market, SALE_TICKS);
        makeSale();
        StandingSale memory sale = energy.saleOf(meter);
        assertEq(sale.owner, OWNER, "owner");
        assertEq(sale.ticks, SALE_TICKS, "ticks");
        assertEq(sale.market, market, "market");
        assertEq(sale.soldUpToWh, 3000, "three coins were minted before");
    }

    function test_makeStandingPurchase_replacesTheOneBefore() public {
        makePurchase(1000, 100);
        VM.expectEmit(address(energy));
        emit IStandingOrders.StandingPurchaseMade(
            consumer, OWNER, market, PURCHASE_TICKS, 2000, 300
        );
        makePurchase(2000, 300);
        StandingPurchase memory purchase = energy.purchaseOf(consumer);
        assertEq(purchase.owner, OWNER, "owner");
        assertEq(purchase.ticks, PURCHASE_TICKS, "ticks");
        assertEq(purchase.market, market, "market");
        assertEq(purchase.keepWh, 2000, "keepWh");
        assertEq(purchase.dailyWh, 300, "dailyWh");
    }

    function test_makeStandingSale_anewLeavesItsLastOrderTheOnlyOne() public {
        makeSale();
        earn(2000);
        uint256 order = energy.triggerSale(meter);
        makeSale();
        _isLiveUntilCleared(order);

        bid(BUYER, 5, SALE_TICKS);
        clear();
        assertEq(lotsOf(energy.triggerSale(meter)), 15, "what was not sold, and no more");
    }

    function test_makeStandingSale_afterItsEndLeavesItsLastOrderTheOnlyOne() public {
        makeSale();
        earn(2000);
        uint256 order = energy.triggerSale(meter);
        VM.prank(OWNER);
        energy.endStandingSale(meter);
        earn(4000);
        makeSale();
        _isLiveUntilCleared(order);

        bid(BUYER, 5, SALE_TICKS);
        clear();
        earn(5000);
        assertEq(lotsOf(energy.triggerSale(meter)), 25, "15 back and 10 new, none of between");
    }

    function _isLiveUntilCleared(uint256 order) private {
        VM.expectRevert(isLive(order));
        energy.triggerSale(meter);
    }

    function test_makeStandingSale_leavesItsMarketOnceItsLastOrderIsCleared() public {
        makeSale();
        earn(2000);
        uint256 order = energy.triggerSale(meter);
        VM.expectRevert(isLive(order));
        _moveSale();

        bid(BUYER, 5, SALE_TICKS);
        clear();
        _moveSale();
        StandingSale memory sale = energy.saleOf(meter);
        assertEq(sale.market, ownCoinMarket, "market");
        assertEq(sale.soldUpToWh, 2000, "from now on");
        checkCredit(OWNER, 15, 5 * SALE_TICKS);
        assertEq(sale.unsoldWh, 0, "and stay there");
        VM.expectRevert(nothingDue(meter));
        energy.triggerSale(meter);
    }

    function _moveSale() private {
        VM.prank(OWNER);
        energy.makeStandingSale(meter, ownCoinMarket, SALE_TICKS);
    }

    function test_makeStandingPurchase_anewKeepsItsLastOrderAndTheDaysCount() public {
        approveMarketAsPayer();
        makePurchase(2000, 1000);
        uint256 order = energy.triggerPurchase(consumer);
        makePurchase(3000, 1200);
        VM.expectRevert(isLive(order));
        energy.triggerPurchase(consumer);

        ask(seller, 4, 150);
        clear();
        assertEq(lotsOf(energy.triggerPurchase(consumer)), 8, "12 a day, 4 were bought");
        assertEq(energy.redeemBought(consumer), 4 * LOT, "and are redeemed");
    }

    function test_makeStandingPurchase_afterItsEndKeepsItsLastOrderAndTheDaysCount() public {
        approveMarketAsPayer();
        makePurchase(2000, 1000);
        uint256 order = energy.triggerPurchase(consumer);
        _endPurchase();
        makePurchase(2000, 1000);
        VM.expectRevert(isLive(order));
        energy.triggerPurchase(consumer);

        ask(seller, 10, 150);
        clear();
        VM.expectRevert(nothingDue(consumer));
        energy.triggerPurchase(consumer);
    }

    function test_makeStandingPurchase_afterItsEndLeavesInTheCreditWhatWasBought() public {
        approveMarketAsPayer();
        makePurchase(2000, 1000);
        _buysAndBidsAgain(4);
        _endPurchase();
        makePurchase(2000, 1000);
        VM.expectRevert(nothingDue(consumer));
        energy.redeemBought(consumer);
    }

    function test_endStandingPurchase_leavesInTheCreditWhatNobodyAccountedFor() public {
        approveMarketAsPayer();
        makePurchase(2000, 1000);
        energy.triggerPurchase(consumer);
        ask(seller, 4, 150);
        clear();
        _endPurchase();
        checkCredit(OWNER, 4, 10 * PURCHASE_TICKS - 4 * PURCHASE_TICKS);
        makePurchase(2000, 1000);
        VM.expectRevert(nothingDue(consumer));
        energy.redeemBought(consumer);
        assertEq(energy.purchaseOf(consumer).todayWh, 400, "and counts for the day");
    }

    function test_makeStandingPurchase_leavesItsMarketOnceItsLastOrderIsCleared() public {
        approveMarketAsPayer();
        makePurchase(2000, 1000);
        _buysAndBidsAgain(4);
        uint256 order = energy.purchaseOf(consumer).order;
        VM.expectRevert(isLive(order));
        _movePurchase();

        clear();
        _movePurchase();
        StandingPurchase memory purchase = energy.purchaseOf(consumer);
        assertEq(purchase.boughtWh, 0, "what was bought stays in the credit");
        assertEq(purchase.todayWh, 400, "the day's count moves");
        checkCredit(OWNER, 4, 10 * PURCHASE_TICKS - 4 * PURCHASE_TICKS);
    }

    function test_makeStandingOrder_byAnotherOwnerStartsAfresh() public {
        approveMarketAsPayer();
        makeSale();
        makePurchase(2000, 1000);
        earn(2000);
        energy.triggerSale(meter);
        energy.triggerPurchase(consumer);
        sellProducerTo(FRIEND);
        sellTo(FRIEND);
        VM.prank(FRIEND);
        energy.makeStandingSale(meter, ownCoinMarket, 300);
        VM.prank(FRIEND);
        energy.makeStandingPurchase(consumer, ownCoinMarket, 300, 500, 500);

        assertEq(energy.saleOf(meter).orderLots, 0, "no order");
        assertEq(energy.purchaseOf(consumer).orderLots, 0, "no order");
        assertEq(energy.purchaseOf(consumer).todayWh, 0, "nothing of the day");
    }

    function _endPurchase() private {
        VM.prank(OWNER);
        energy.endStandingPurchase(consumer);
    }

    function _movePurchase() private {
        VM.prank(OWNER);
        energy.makeStandingPurchase(consumer, ownCoinMarket, PURCHASE_TICKS, 2000, 1000);
    }

    /// @dev So that what was bought is accounted for, and an order is live.
    function _buysAndBidsAgain(uint48 lots) private {
        energy.triggerPurchase(consumer);
        ask(seller, lots, 150);
        clear();
        energy.triggerPurchase(consumer);
    }

    function test_endStandingOrder_byWhoMadeIt() public {
        makeSale();
        makePurchase(1000, 100);
        VM.expectEmit(address(energy));
        emit IStandingOrders.StandingSaleEnded(meter, OWNER);
        VM.prank(OWNER);
        energy.endStandingSale(meter);
        VM.expectEmit(address(energy));
        emit IStandingOrders.StandingPurchaseEnded(consumer, OWNER);
        VM.prank(OWNER);
        energy.endStandingPurchase(consumer);
        _hasEnded();
    }

    function test_endStandingOrder_byAnyoneOnceTheMeterIsAnothers() public {
        makeSale();
        makePurchase(1000, 100);
        sellProducerTo(FRIEND);
        sellTo(FRIEND);
        VM.prank(STRANGER);
        energy.endStandingSale(meter);
        VM.prank(STRANGER);
        energy.endStandingPurchase(consumer);
        _hasEnded();
    }

    function _hasEnded() private {
        VM.expectRevert(noOrder(meter));
        energy.triggerSale(meter);
        VM.expectRevert(noOrder(consumer));
        energy.triggerPurchase(consumer);
        VM.expectRevert(noOrder(consumer));
        energy.redeemBought(consumer);
        VM.expectRevert(noOrder(meter));
        energy.endStandingSale(meter);
        VM.expectRevert(noOrder(consumer));
        energy.endStandingPurchase(consumer);
    }
}
