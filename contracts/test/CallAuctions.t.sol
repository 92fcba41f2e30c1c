// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {Auction} from "../src/types/Auction.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice From an order to its settlement.
contract CallAuctionsTest is MarketTest {
    function test_bid_revertsIfPeriodIsAnother() public {
        uint32 period = energy.currentPeriod();
        for (uint32 i = 0; i < 2; ++i) {
            uint32 other = i == 0 ? period - 1 : period + 1;
            VM.expectRevert(
                abi.encodeWithSelector(ICallAuctions.PeriodNotOpen.selector, period, other)
            );
            VM.prank(BUYER);
            energy.bid(market, other, 1, 1);
        }
    }

    function test_bid_revertsIfNothingOrOffTheGridOrUnknown() public {
        uint32 period = energy.currentPeriod();
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.NoLots.selector));
        energy.bid(market, period, 0, 1);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 0));
        energy.ask(market, period, 1, 0);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 1025));
        energy.ask(market, period, 1, 1025);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(0)));
        energy.ask(bytes32(0), period, 1, 1);
    }

    function test_bid_revertsIfValueComesWithATokenOrDiffers() public {
        uint32 period = energy.currentPeriod();
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.ValueDiffers.selector, 0, 5));
        VM.prank(BUYER);
        energy.bid{value: 5}(market, period, 1, 1);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.ValueDiffers.selector, 250, 249));
        VM.prank(BUYER);
        energy.bid{value: 249}(ownCoinMarket, period, 1, 1);
    }

    function test_ask_revertsIfItsLevelIsFull() public {
        give(seller, uint256(type(uint48).max) * LOT);
        ask(seller, type(uint48).max, 9);
        uint32 period = energy.currentPeriod();
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.LevelFull.selector, type(uint48).max, 1)
        );
        VM.prank(seller);
        energy.ask(market, period, 1, 9);
    }

    function test_clear_revertsBeforeTheEnd() public {
        uint32 period = energy.currentPeriod();
        uint256 endsAt = (uint256(period) + 1) * PERIOD_S;
        VM.warp(endsAt - 1);
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.PeriodNotOver.selector, endsAt, endsAt - 1)
        );
        energy.clear(market, period, 1);
    }

    function test_settleOrder_revertsIfNotClearedUnknownOrSettled() public {
        uint256 order = ask(seller, 3, 10);
        uint32 period = energy.currentPeriod();
        VM.expectRevert(abi.encodeWithSelector(ICallAuctions.NotCleared.selector, market, period));
        energy.settleOrder(market, order);
        clear();
        energy.settleOrder(market, order);
        for (uint256 i = 0; i < 2; ++i) {
            VM.expectRevert(
                abi.encodeWithSelector(ICallAuctions.OrderUnknown.selector, market, order + i)
            );
            energy.settleOrder(market, order + i);
        }
    }

    function test_clear_withoutACrossGivesEverythingBack() public {
        uint256 sold = ask(seller, 3, 11);
        uint256 bought = bid(BUYER, 4, 10);
        assertEq(clear(), 0, "no price");
        assertEq(energy.settleOrder(market, sold), 0, "nothing moves");
        assertEq(energy.settleOrder(market, bought), 0, "nothing moves");
        checkCredit(seller, 3, 0);
        checkCredit(BUYER, 0, 40);
    }

    function test_clear_takesTheMiddleOfTheBalancedTicks() public {
        ask(seller, 5, 10);
        bid(BUYER, 5, 21);
        assertEq(clear(), 15, "the middle of 10 and 21, rounded down");
    }

    function test_clear_takesTheHighestIfDemandIsInSurplus() public {
        ask(seller, 5, 10);
        bid(BUYER, 6, 21);
        assertEq(clear(), 21, "the highest");
    }

    function test_clear_takesTheLowestIfSupplyIsInSurplus() public {
        ask(seller, 6, 10);
        bid(BUYER, 5, 21);
        assertEq(clear(), 10, "the lowest");
    }

    function test_clear_takesTheHighestWithDemandInSurplusIfBothSidesAre() public {
        // At 10, 7 are wanted and 5 are there; at 11, 5 and 7.
        ask(seller, 5, 8);
        ask(seller, 2, 11);
        bid(BUYER, 2, 10);
        bid(BUYER, 5, 13);
        assertEq(clear(), 10, "the highest at which demand is in surplus");
    }

    function test_clear_leavesTheSameResultHoweverItIsCutIntoSteps() public {
        uint32 period = energy.currentPeriod();
        ask(seller, 5, 10);
        ask(seller, 7, 400);
        bid(BUYER, 6, 21);
        bid(BUYER, 9, 1024);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        uint256 steps;
        while (!energy.clear(market, period, 1 + steps % 13)) ++steps;
        assertTrue(energy.clear(market, period, 0), "nothing left");
        Auction memory auction = energy.auctionOf(market, period);
        assertEq(auction.priceTicks, 400, "price");
        assertEq(auction.fillLots, 4, "asks at the price that move");
        assertEq(auction.totalLots, 7, "asks at the price");
        assertTrue(!auction.isBidSurplus, "supply is in surplus");
    }

    function test_settleOrder_sharesAtThePriceByRunningTotals() public {
        uint256 sold = ask(seller, 10, 50);
        uint256 better = bid(STRANGER_WITH_MONEY, 3, 60);
        uint256[3] memory orders;
        for (uint256 i = 0; i < 3; ++i) {
            orders[i] = bid(BUYER, 5, 50);
        }
        assertEq(clear(), 50, "demand in surplus, the highest that moves 10");
        assertEq(energy.settleOrder(market, sold), 10, "all");
        assertEq(energy.settleOrder(market, better), 3, "a better limit is filled whole");
        // 7 of 15 lots: floor(5 x 7 / 15) = 2, floor(10 x 7 / 15) = 4, 7.
        assertEq(energy.settleOrder(market, orders[2]), 3, "7 - 4");
        assertEq(energy.settleOrder(market, orders[0]), 2, "2 - 0");
        assertEq(energy.settleOrder(market, orders[1]), 2, "4 - 2");
        checkCredit(seller, 0, 500);
        checkCredit(STRANGER_WITH_MONEY, 3, 30);
        checkCredit(BUYER, 7, 15 * 50 - 7 * 50);
        assertEq(
            token.balanceOf(address(energy)), uint256(500 + 30 + 400) * UNITS_PER_TICK, "held"
        );
        assertEq(coin.balanceOf(address(energy)), 10 * LOT, "held");
    }

    function test_withdraw_paysBothOnce() public {
        ask(seller, 4, 10);
        uint256 order = bid(BUYER, 9, 10);
        clear();
        energy.settleOrder(market, order);
        uint256 coinsBefore = coin.balanceOf(FRIEND);
        VM.prank(BUYER);
        energy.withdraw(address(token), FRIEND);
        assertEq(coin.balanceOf(FRIEND) - coinsBefore, 4 * LOT, "coins");
        assertEq(token.balanceOf(FRIEND), 50 * UNITS_PER_TICK, "money");
        VM.expectRevert(
            abi.encodeWithSelector(IMarketBooks.NothingCredited.selector, token, BUYER)
        );
        VM.prank(BUYER);
        energy.withdraw(address(token), FRIEND);
    }

    address private constant STRANGER_WITH_MONEY = address(0x5157);

    function setUp() public override {
        super.setUp();
        outfit(STRANGER_WITH_MONEY);
    }
}
