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
        assertEq(energy.saleOf(meter).owner, address(0), "no sale");
        assertEq(energy.purchaseOf(consumer).owner, address(0), "no purchase");
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
        assertEq(energy.saleOf(meter).owner, address(0), "no sale");
        assertEq(energy.purchaseOf(consumer).owner, address(0), "no purchase");
    }
}
