// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {Auction} from "../src/types/Auction.sol";
import {MarketTest} from "./MarketTest.sol";

contract ClearTest is MarketTest {
    function test_clear_revertsBeforeTheEnd() public {
        uint32 period = energy.currentPeriod();
        uint256 endsAt = (uint256(period) + 1) * PERIOD_S;
        VM.warp(endsAt - 1);
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.PeriodNotOver.selector, endsAt, endsAt - 1)
        );
        energy.clear(market, period, 1);
        VM.warp(endsAt);
        assertTrue(!energy.clear(market, period, 1), "its end is not in it");
    }

    function test_clear_revertsForThePeriodsToCome() public {
        uint256 endsAt = (uint256(type(uint32).max) + 1) * PERIOD_S;
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.PeriodNotOver.selector, endsAt, block.timestamp)
        );
        energy.clear(market, type(uint32).max, 2048);
    }

    function test_clear_revertsIfNobodyMadeTheMarket() public {
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(0)));
        energy.clear(bytes32(0), 0, 1);
    }

    function test_clear_withoutOrdersHasNoPrice() public {
        assertEq(clear(), 0, "no price");
    }

    function test_clear_withoutACrossHasNoPrice() public {
        ask(seller, 3, 11);
        bid(BUYER, 4, 10);
        assertEq(clear(), 0, "no price");
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

    function test_clear_takesTheSmallerSurplusIfBothSidesAre() public {
        // At 10, 8 are wanted and 5 are there; at 11, 5 and 7.
        ask(seller, 5, 8);
        ask(seller, 2, 11);
        bid(BUYER, 3, 10);
        bid(BUYER, 5, 13);
        assertEq(clear(), 11, "2 too many rather than 3 too few");
    }

    function test_clear_reachesBothEndsOfTheGrid() public {
        ask(seller, 5, 1);
        bid(BUYER, 4, 1);
        assertEq(clear(), 1, "the lowest tick");
        ask(seller, 4, 1024);
        bid(BUYER, 5, 1024);
        assertEq(clear(), 1024, "the highest");
    }

    function test_clear_saysPriceAndVolumeOnce() public {
        uint32 period = energy.currentPeriod();
        ask(seller, 5, 10);
        bid(BUYER, 6, 21);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        VM.expectEmit(address(energy));
        emit ICallAuctions.AuctionCleared(market, period, 21, 5);
        assertTrue(energy.clear(market, period, 2048), "cleared");
        VM.recordLogs();
        assertTrue(energy.clear(market, period, 2048), "nothing left to walk");
        assertEq(VM.getRecordedLogs().length, 0, "silent");
    }

    function test_fuzz_clear_leavesTheSameResultHoweverItIsCutIntoSteps(uint256 cuts) public {
        uint32 period = energy.currentPeriod();
        ask(seller, 5, 10);
        ask(seller, 7, 400);
        bid(BUYER, 6, 21);
        bid(BUYER, 9, 1024);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        uint256 walked;
        while (!energy.clear(market, period, cuts % 257)) {
            walked += cuts % 257;
            assertTrue(walked <= 2048, "2048 levels are enough");
            cuts = uint256(keccak256(abi.encode(cuts)));
        }

        Auction memory auction = energy.auctionOf(market, period);
        assertEq(auction.priceTicks, 400, "price");
        assertEq(auction.fillLots, 4, "asks at the price that move");
        assertEq(auction.totalLots, 7, "asks at the price");
        assertTrue(!auction.isBidSurplus, "supply is in surplus");
        assertEq(auction.cursor, 1024 + 400, "walked to the first tick with supply in surplus");
    }

    function test_clear_isNotDisturbedByTheNextPeriod() public {
        ask(seller, 5, 10);
        bid(BUYER, 5, 20);
        uint32 period = energy.currentPeriod();
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(market, period, 1500);
        ask(seller, 50, 1);
        bid(BUYER, 50, 1024);
        energy.clear(market, period, 2048);
        assertEq(energy.auctionOf(market, period).priceTicks, 15, "of its own orders");
    }
}
