// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MarketTest} from "./MarketTest.sol";

/// @notice What an auction owes to who comes among many, early or late.
contract FloodTest is MarketTest {
    uint256 private constant FLOOD = 3000;

    function setUp() public override {
        super.setUp();
        outfit(FRIEND);
        token.give(BUYER, 1e15);
    }

    function _gasOfClearing() private returns (uint256 gasUsed) {
        uint32 period = energy.currentPeriod();
        VM.warp((uint256(period) + 1) * PERIOD_S);
        gasUsed = gasleft();
        assertTrue(energy.clear(market, period, 2048), "cleared");
        gasUsed -= gasleft();
    }

    /// @dev Two bids at a level, or three thousand: the same work, to 1 %.
    function test_flood_makesClearingNoDearer() public {
        ask(seller, 40, 500);
        bid(BUYER, 1, 500);
        bid(FRIEND, 10, 500);
        uint256 gasAlone = _gasOfClearing();
        ask(seller, 40, 500);
        for (uint256 i = 0; i < FLOOD; ++i) {
            bid(BUYER, 1, 500);
        }
        bid(FRIEND, 10, 500);
        assertTrue(_gasOfClearing() < gasAlone + gasAlone / 100, "no dearer");
    }

    function test_flood_shutsNobodyOut() public {
        ask(seller, 400, 500);
        uint256 early = bid(FRIEND, 500, 500);
        for (uint256 i = 0; i < FLOOD; ++i) {
            bid(BUYER, 1, 500);
        }
        uint256 late = bid(FRIEND, 500, 500);
        assertEq(clear(), 500, "price");
        // 400 lots for 4000.
        assertEq(energy.settleOrder(market, early), 50, "his share");
        assertEq(energy.settleOrder(market, late), 50, "his share, after the flood as before");
    }

    /// @dev A flood at one's own limit cannot reach who bids a tick more.
    function test_flood_fillsABetterLimitWhole() public {
        ask(seller, 40, 500);
        for (uint256 i = 0; i < FLOOD; ++i) {
            bid(BUYER, 1, 500);
        }
        uint256 order = bid(FRIEND, 40, 501);
        clear();
        assertEq(energy.settleOrder(market, order), 40, "whole");
    }

    /// @dev The same orders in two periods, in another order: one price, and each order gets the
    /// same to less than a lot.
    /// forge-config: default.fuzz.runs = 64
    function test_fuzz_orderOfCalls_gainsNobodyALot(
        uint48[6] memory lots,
        uint16[6] memory ticks,
        uint8 sides,
        uint256 turn
    ) public {
        turn %= 6;
        uint256[6] memory filled;
        uint16[2] memory prices;
        for (uint256 round = 0; round < 2; ++round) {
            uint256[6] memory orders;
            for (uint256 i = 0; i < 6; ++i) {
                uint256 which = round == 0 ? i : (i * (turn % 2 == 0 ? 5 : 1) + turn) % 6;
                uint48 lots_ = uint48(bound(lots[which], 1, 300));
                uint16 ticks_ = uint16(bound(ticks[which], 500, 503));
                bool isBid = (sides >> which) & 1 == 1;
                orders[which] = isBid ? bid(BUYER, lots_, ticks_) : ask(seller, lots_, ticks_);
            }
            prices[round] = clear();
            for (uint256 i = 0; i < 6; ++i) {
                uint256 now_ = energy.settleOrder(market, orders[i]);
                if (round == 0) filled[i] = now_;
                else assertTrue(now_ <= filled[i] + 1 && filled[i] <= now_ + 1, "to a lot");
            }
        }
        assertEq(prices[0], prices[1], "one price");
    }
}
