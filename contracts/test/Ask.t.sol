// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {Order} from "../src/types/Order.sol";
import {MarketTest} from "./MarketTest.sol";

contract AskTest is MarketTest {
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
        VM.prank(seller);
        energy.ask(market_, period_, lots, ticks);
    }

    function test_ask_revertsIfNobodyMadeTheMarket() public {
        bytes memory why = abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(0));
        _refuses(bytes32(0), period, 1, 1, why);
    }

    function test_ask_revertsIfItNamesAnotherPeriod() public {
        for (uint32 i = 0; i < 2; ++i) {
            uint32 other = i == 0 ? period - 1 : period + 1;
            bytes memory why =
                abi.encodeWithSelector(ICallAuctions.PeriodNotOpen.selector, period, other);
            _refuses(market, other, 1, 1, why);
        }
    }

    function test_ask_revertsIfForNothing() public {
        _refuses(market, period, 0, 1, abi.encodeWithSelector(IMarketBooks.NoLots.selector));
    }

    function test_ask_revertsIfOffTheGrid() public {
        uint16[2] memory off = [uint16(0), 1025];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory why = abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, off[i]);
            _refuses(market, period, 1, off[i], why);
        }
    }

    function test_ask_revertsIfItsLevelIsFull() public {
        give(seller, uint256(type(uint48).max) * LOT);
        ask(seller, type(uint48).max, 9);
        bytes memory why =
            abi.encodeWithSelector(ICallAuctions.LevelFull.selector, type(uint48).max, 1);
        _refuses(market, period, 1, 9, why);
    }

    function test_ask_revertsIfTheCoinsAreNotApprovedOrNotThere() public {
        _refuses(
            market,
            period,
            10_001,
            1,
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientBalance.selector, seller, 1000e18, 10_001 * LOT
            )
        );
        VM.prank(seller);
        coin.approve(address(energy), LOT);
        _refuses(
            market,
            period,
            2,
            1,
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, energy, LOT, 2 * LOT
            )
        );
    }

    function test_fuzz_ask_isEscrowed(uint48 lots, uint16 ticks) public {
        lots = uint48(bound(lots, 1, type(uint48).max));
        ticks = uint16(bound(ticks, 1, 1024));
        give(seller, lots * LOT);
        uint256 coinsBefore = coin.balanceOf(seller);
        uint256 order = ask(seller, lots, ticks);
        assertEq(coinsBefore - coin.balanceOf(seller), lots * LOT, "from the seller");
        assertEq(coin.balanceOf(address(energy)), lots * LOT, "to the market");
        Order memory placed = energy.orderOf(market, order);
        assertEq(placed.owner, seller, "owner");
        assertEq(placed.lots, lots, "lots");
    }

    function test_ask_saysSo() public {
        uint256 number = (uint256(period) << 72) | (uint256(1) << 48);
        VM.expectEmit(address(energy));
        emit ICallAuctions.OrderPlaced(market, seller, period, number, 6);
        assertEq(ask(seller, 6, 1), number, "its number");
        assertEq(ask(seller, 1, 1), number + 6, "six lots before");
    }
}
