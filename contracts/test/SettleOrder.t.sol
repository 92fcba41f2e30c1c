// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {MarketTest} from "./MarketTest.sol";

contract SettleOrderTest is MarketTest {
    function _refusesUnknown(uint256 order) private {
        VM.expectRevert(
            abi.encodeWithSelector(ICallAuctions.OrderUnknown.selector, market, order)
        );
        energy.settleOrder(market, order);
    }

    function test_settleOrder_revertsIfTheAuctionIsNotCleared() public {
        uint256 order = ask(seller, 3, 10);
        uint32 period = energy.currentPeriod();
        bytes memory why =
            abi.encodeWithSelector(ICallAuctions.NotCleared.selector, market, period);
        VM.expectRevert(why);
        energy.settleOrder(market, order);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(market, period, 1030);
        VM.expectRevert(why);
        energy.settleOrder(market, order);
    }

    function test_settleOrder_revertsIfThereIsNoSuchOrder() public {
        uint256 order = ask(seller, 3, 10);
        bid(BUYER, 3, 10);
        clear();
        _refusesUnknown(order + 1);
        _refusesUnknown(order + (1 << 48));
        _refusesUnknown(order + (1 << 72));
        // Other bits of the same order, of those that a number does not have.
        _refusesUnknown(order | (1 << 65));
        _refusesUnknown(order | (1 << 104));
        _refusesUnknown(order | (1 << 255));
        _refusesUnknown(0);
    }

    function test_settleOrder_revertsIfSettled() public {
        uint256 first = ask(seller, 3, 10);
        uint256 second = ask(seller, 3, 10);
        clear();
        energy.settleOrder(market, second);
        _refusesUnknown(second);
        energy.settleOrder(market, first);
        _refusesUnknown(first);
    }

    function test_settleOrder_withoutACrossGivesEverythingBack() public {
        uint256 sold = ask(seller, 3, 11);
        uint256 bought = bid(BUYER, 4, 10);
        clear();
        assertEq(energy.settleOrder(market, sold), 0, "nothing moves");
        assertEq(energy.settleOrder(market, bought), 0, "nothing moves");
        checkCredit(seller, 3, 0);
        checkCredit(BUYER, 0, 40);
    }

    function test_settleOrder_fillsBetterLimitsWholeAndWorseOnesNotAtAll() public {
        uint256[4] memory orders =
            [ask(seller, 3, 10), ask(seller, 4, 31), bid(BUYER, 3, 30), bid(BUYER, 6, 9)];
        assertEq(clear(), 20, "the middle");
        uint48[4] memory filled = [uint48(3), 0, 3, 0];
        for (uint256 i = 0; i < 4; ++i) {
            assertEq(energy.settleOrder(market, orders[i]), filled[i], "filled");
        }
        checkCredit(seller, 4, 60);
        checkCredit(BUYER, 3, 3 * 10 + 6 * 9);
    }

    function test_settleOrder_balancedAtThePriceFillsBothSidesWhole() public {
        uint256[2] memory orders = [ask(seller, 3, 10), bid(BUYER, 3, 10)];
        assertEq(clear(), 10, "the one tick");
        assertEq(energy.settleOrder(market, orders[0]), 3, "asks");
        assertEq(energy.settleOrder(market, orders[1]), 3, "bids");
    }

    /// @dev Every order of settling of three orders that share: the newest, which is kept
    /// elsewhere, first, last and between.
    function test_settleOrder_sharesAtThePriceByRunningTotalsInWhicheverOrder() public {
        uint8[3][6] memory turns =
            [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        // 7 of 15 lots: floor(5 x 7 / 15) = 2, floor(10 x 7 / 15) = 4, 7.
        uint48[3] memory shares = [uint48(2), 2, 3];
        for (uint256 turn = 0; turn < 6; ++turn) {
            uint256 sold = ask(seller, 10, 50);
            uint256 better = bid(FRIEND, 3, 60);
            uint256[3] memory orders = [bid(BUYER, 5, 50), bid(BUYER, 5, 50), bid(BUYER, 5, 50)];
            assertEq(clear(), 50, "demand in surplus, the highest that moves 10");
            for (uint256 i = 0; i < 3; ++i) {
                uint256 which = turns[turn][i];
                assertEq(energy.settleOrder(market, orders[which]), shares[which], "its share");
            }
            assertEq(energy.settleOrder(market, better), 3, "a better limit is filled whole");
            assertEq(energy.settleOrder(market, sold), 10, "all that was asked");
        }
        checkCredit(seller, 0, 6 * 500);
        checkCredit(FRIEND, 6 * 3, 6 * 30);
        checkCredit(BUYER, 6 * 7, 6 * (15 * 50 - 7 * 50));
    }

    function test_fuzz_settleOrder_whoCameWhenMattersLessThanALot(
        uint48[5] memory lots,
        uint48 asked
    ) public {
        uint256 total;
        for (uint256 i = 0; i < 5; ++i) {
            lots[i] = uint48(bound(lots[i], 1, 1e6));
            total += lots[i];
        }
        asked = uint48(bound(asked, 1, total));
        ask(seller, uint48(bound(asked, 1, 10_000)), 50);
        asked = uint48(bound(asked, 1, 10_000));
        uint256[5] memory orders;
        for (uint256 i = 0; i < 5; ++i) {
            orders[i] = bid(BUYER, lots[i], 50);
        }
        clear();
        uint256 filledInAll;
        uint256 fill = asked < total ? asked : total;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 filled = energy.settleOrder(market, orders[i]);
            filledInAll += filled;
            uint256 down = uint256(lots[i]) * fill / total;
            assertTrue(filled == down || filled == down + 1, "its share, to less than a lot");
        }
        assertEq(filledInAll, fill, "adds up exactly");
    }

    function test_settleOrder_saysSoAndCredits() public {
        uint256 order = ask(seller, 3, 10);
        bid(BUYER, 2, 10);
        clear();
        VM.expectEmit(address(energy));
        emit ICallAuctions.OrderSettled(market, seller, order, 2);
        VM.expectEmit(address(energy));
        emit IMarketBooks.Credited(address(token), seller, LOT, 20 * UNITS_PER_TICK);
        VM.prank(STRANGER);
        energy.settleOrder(market, order);
    }

    function setUp() public override {
        super.setUp();
        outfit(FRIEND);
        token.give(BUYER, 1e15);
    }
}
