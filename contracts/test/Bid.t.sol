// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {Order} from "../src/types/Order.sol";
import {MarketTest} from "./MarketTest.sol";

contract BidTest is MarketTest {
    uint32 private period;

    function setUp() public override {
        super.setUp();
        period = energy.currentPeriod();
    }

    function _refuses(
        bytes32 market_,
        uint32 period_,
        uint48 lots,
        uint16 ticks,
        bytes memory why
    ) private {
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.bid(market_, period_, lots, ticks);
    }

    function test_bid_revertsIfNobodyMadeTheMarket() public {
        bytes memory why =
            abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(uint256(1)));
        _refuses(bytes32(uint256(1)), period, 1, 1, why);
    }

    function test_bid_revertsIfItNamesAnotherPeriod() public {
        for (uint32 i = 0; i < 2; ++i) {
            uint32 other = i == 0 ? period - 1 : period + 1;
            bytes memory why =
                abi.encodeWithSelector(ICallAuctions.PeriodNotOpen.selector, period, other);
            _refuses(market, other, 1, 1, why);
        }
        VM.warp((uint256(period) + 1) * PERIOD_S);
        _refuses(
            market,
            period,
            1,
            1,
            abi.encodeWithSelector(ICallAuctions.PeriodNotOpen.selector, period + 1, period)
        );
    }

    function test_bid_revertsIfForNothing() public {
        _refuses(market, period, 0, 1, abi.encodeWithSelector(IMarketBooks.NoLots.selector));
    }

    function test_bid_revertsIfOffTheGrid() public {
        uint16[3] memory off = [uint16(0), 1025, type(uint16).max];
        for (uint256 i = 0; i < 3; ++i) {
            bytes memory why = abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, off[i]);
            _refuses(market, period, 1, off[i], why);
        }
    }

    function test_bid_revertsIfItsLevelIsFull() public {
        token.give(BUYER, uint256(1) << 100);
        bid(BUYER, type(uint48).max - 1, 9);
        _refuses(
            market,
            period,
            2,
            9,
            abi.encodeWithSelector(ICallAuctions.LevelFull.selector, type(uint48).max - 1, 2)
        );
        bid(BUYER, 1, 9);
        bid(BUYER, 1, 10);
        assertEq(energy.bookOf(market, period)[8].bids, type(uint48).max, "full, and no more");
    }

    function test_bid_revertsIfTheChainsOwnCoinIsNotExact() public {
        for (uint256 given = 249; given <= 251; given += 2) {
            VM.expectRevert(
                abi.encodeWithSelector(IMarketBooks.ValueDiffers.selector, 250, given)
            );
            VM.prank(BUYER);
            energy.bid{value: given}(ownCoinMarket, period, 1, 1);
        }
    }

    function test_bid_revertsIfTheChainsOwnCoinComesWithAToken() public {
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.ValueDiffers.selector, 0, 5));
        VM.prank(BUYER);
        energy.bid{value: 5}(market, period, 1, 1);
    }

    function test_bid_revertsIfTheTokenIsNotApproved() public {
        VM.prank(BUYER);
        token.approve(address(energy), UNITS_PER_TICK - 1);
        _refuses(
            market,
            period,
            1,
            1,
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                energy,
                UNITS_PER_TICK - 1,
                UNITS_PER_TICK
            )
        );
    }

    function test_fuzz_bid_isEscrowedAtItsLimit(uint48 lots, uint16 ticks, bool isOwnCoin)
        public
    {
        lots = uint48(bound(lots, 1, type(uint48).max));
        ticks = uint16(bound(ticks, 1, 1024));
        uint256 money = uint256(lots) * ticks * UNITS_PER_TICK;
        token.give(BUYER, money);
        VM.deal(BUYER, money);
        uint256 tokensBefore = token.balanceOf(BUYER);

        VM.prank(BUYER);
        uint256 order = isOwnCoin
            ? energy.bid{value: money}(ownCoinMarket, period, lots, ticks)
            : energy.bid(market, period, lots, ticks);
        assertEq(BUYER.balance, isOwnCoin ? 0 : money, "the chain's own coin");
        assertEq(tokensBefore - token.balanceOf(BUYER), isOwnCoin ? 0 : money, "the token");
        Order memory placed = energy.orderOf(isOwnCoin ? ownCoinMarket : market, order);
        assertEq(placed.owner, BUYER, "owner");
        assertEq(placed.lots, lots, "lots");
        assertEq(energy.orderOf(isOwnCoin ? market : ownCoinMarket, order).lots, 0, "elsewhere");
    }

    function test_bid_addsToItsLevelAndKeepsWhatStoodBefore() public {
        uint48[3] memory lots = [uint48(3), 4, 5];
        uint256[3] memory orders;
        for (uint256 i = 0; i < 3; ++i) {
            orders[i] = bid(BUYER, lots[i], 77);
        }
        ask(seller, 9, 77);
        assertEq(energy.bookOf(market, period)[76].bids, 12, "bids of the level");
        assertEq(energy.bookOf(market, period)[76].asks, 9, "its asks");
        assertEq(energy.bookOf(market, period)[75].bids, 0, "the level below");
        uint256 before = 0;
        for (uint256 i = 0; i < 3; ++i) {
            Order memory placed = energy.orderOf(market, orders[i]);
            assertEq(placed.lots, lots[i], "lots, wherever it is kept");
            assertEq(placed.upTo, before + lots[i], "up to");
            assertEq(uint48(orders[i]), before, "before, in its number");
            before += lots[i];
        }
    }

    function test_bid_saysSo() public {
        uint256 number = (uint256(period) << 72) | (uint256(1) << 64) | (uint256(1024) << 48);
        VM.expectEmit(address(energy));
        emit ICallAuctions.OrderPlaced(market, BUYER, period, number, 6);
        assertEq(bid(BUYER, 6, 1024), number, "its number");
    }
}
