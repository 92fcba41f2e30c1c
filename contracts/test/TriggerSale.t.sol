// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {StandingSale} from "../src/types/StandingSale.sol";
import {StandingOrdersTest} from "./StandingOrdersTest.sol";

contract TriggerSaleTest is StandingOrdersTest {
    function _refuses(bytes memory why) private {
        VM.expectRevert(why);
        energy.triggerSale(meter);
    }

    function test_triggerSale_revertsIfThereIsNone() public {
        _refuses(noOrder(meter));
    }

    function test_triggerSale_revertsOnceTheMeterIsAnothers() public {
        makeSale();
        earn(5000);
        sellProducerTo(FRIEND);
        _refuses(ownerChanged(meter));
    }

    function test_triggerSale_revertsIfItsLastOrderIsLive() public {
        makeSale();
        earn(5000);
        uint256 order = energy.triggerSale(meter);
        earn(9000);
        _refuses(isLive(order));
        VM.warp((uint256(energy.currentPeriod()) + 1) * PERIOD_S);
        _refuses(isLive(order));
    }

    function test_triggerSale_revertsIfNothingWasEarnedSince() public {
        earn(5000);
        makeSale();
        _refuses(nothingDue(meter));
        earn(5999);
        _refuses(nothingDue(meter));
    }

    function test_triggerSale_revertsIfTheOwnerHasOrApprovedLessThanALot() public {
        makeSale();
        earn(5000);
        VM.prank(OWNER);
        coin.approve(address(energy), LOT - 1);
        _refuses(nothingDue(meter));
        VM.prank(OWNER);
        coin.approve(address(energy), type(uint256).max);
        uint256 all = coin.balanceOf(OWNER);
        VM.prank(OWNER);
        assertTrue(coin.transfer(FRIEND, all), "away");
        _refuses(nothingDue(meter));
    }

    function test_triggerSale_sellsWhatTheMeterEarnedSinceAndNothingElse() public {
        earn(3000);
        makeSale();
        earn(5000);
        uint256 coinsBefore = coin.balanceOf(OWNER);
        VM.prank(STRANGER);
        uint256 order = energy.triggerSale(meter);
        assertEq(lotsOf(order), 20, "2 coins are 20 lots");
        assertEq(energy.orderOf(market, order).owner, OWNER, "the owner's");
        assertEq(uint16(order >> 48), SALE_TICKS, "at his limit");
        assertEq(coinsBefore - coin.balanceOf(OWNER), 2e18, "out of his account");
    }

    function test_triggerSale_offersAgainWhatWasNotSoldOutOfTheCredit() public {
        makeSale();
        earn(2000);
        energy.triggerSale(meter);
        bid(BUYER, 5, SALE_TICKS);
        clear();
        earn(3000);
        uint256 coinsBefore = coin.balanceOf(OWNER);
        uint256 next = energy.triggerSale(meter);
        assertEq(lotsOf(next), 25, "15 again and 10 new ones");
        assertEq(coinsBefore - coin.balanceOf(OWNER), 1e18, "the new ones");
        checkCredit(OWNER, 0, 5 * SALE_TICKS);

        StandingSale memory sale = energy.saleOf(meter);
        assertEq(sale.soldUpToWh, 500, "5 lots are sold");
        assertEq(sale.unsoldWh, 0, "all is offered");
    }

    function test_triggerSale_isTheSameWhoeverSettledItsOrderBefore() public {
        makeSale();
        earn(2000);
        uint256 order = energy.triggerSale(meter);
        bid(BUYER, 5, SALE_TICKS);
        clear();
        VM.prank(STRANGER);
        energy.settleOrder(market, order);
        assertEq(lotsOf(energy.triggerSale(meter)), 15, "what was not sold, again");
        checkCredit(OWNER, 0, 5 * SALE_TICKS);
    }

    function test_triggerSale_takesFromTheAccountWhatTheOwnerHasWithdrawn() public {
        makeSale();
        earn(2000);
        uint256 order = energy.triggerSale(meter);
        clear();
        energy.settleOrder(market, order);
        VM.prank(OWNER);
        energy.withdraw(address(token), OWNER);
        uint256 coinsBefore = coin.balanceOf(OWNER);
        assertEq(lotsOf(energy.triggerSale(meter)), 20, "all again");
        assertEq(coinsBefore - coin.balanceOf(OWNER), 2e18, "out of his account");
    }

    function test_triggerSale_leavesCreditAloneThatIsNotItsOwn() public {
        uint256 bought = bid(OWNER, 30, 150);
        ask(seller, 30, 150);
        clear();
        energy.settleOrder(market, bought);
        makeSale();
        earn(2000);
        uint256 coinsBefore = coin.balanceOf(OWNER);
        energy.triggerSale(meter);
        assertEq(coinsBefore - coin.balanceOf(OWNER), 2e18, "out of his account");
        checkCredit(OWNER, 30, 0);
    }

    function test_triggerSale_sellsNoMoreThanIsApprovedAndTheRestLater() public {
        makeSale();
        earn(2000);
        VM.prank(OWNER);
        coin.approve(address(energy), 7 * LOT);
        assertEq(lotsOf(energy.triggerSale(meter)), 7, "approved");
        bid(BUYER, 7, SALE_TICKS);
        clear();
        VM.prank(OWNER);
        coin.approve(address(energy), type(uint256).max);
        assertEq(lotsOf(energy.triggerSale(meter)), 13, "the rest");
    }
}
