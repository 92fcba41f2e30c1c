// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Offer} from "../src/types/Offer.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Gas of whole transactions, as in Gas.t.sol. Buyer, seller and market have coins and
/// money before, as they have in a market that is in use; what is the first of its kind says so.
/// forge-config: default.isolate = true
contract MarketGasTest is MarketTest {
    uint256 private constant TRANSACTION_GAS_MAX = 1 << 24;
    uint256 private constant SUBMISSION_GAS_MAX = 90_000;
    uint256 private constant SETTLEMENT_GAS_MAX = 60_000;
    uint256 private constant PURCHASE_GAS_MAX = 110_000;
    uint256 private constant LEVEL_GAS_MAX = 6000;
    uint48 private constant ORDERS = 500;

    function setUp() public override {
        super.setUp();
        bid(BUYER, 123_456, 300);
        ask(seller, 123, 500);
        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        energy.bid{value: 123 * 300 * uint256(UNITS_PER_TICK)}(ownCoinMarket, period, 123, 300);
    }

    function _within(string memory name, uint256 most) private {
        assertTrue(VM.snapshotGasLastCall("market", name) <= most, name);
    }

    function test_gas_bidFirstOfItsLevel() public {
        bid(BUYER, 123_456, 301);
        _within("bid, the first of its level", SUBMISSION_GAS_MAX);
    }

    function test_gas_bid() public {
        bid(BUYER, 123_456, 300);
        _within("bid", SUBMISSION_GAS_MAX);
    }

    function test_gas_bidInTheChainsOwnCoin() public {
        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        energy.bid{value: 123 * 301 * uint256(UNITS_PER_TICK)}(ownCoinMarket, period, 123, 301);
        _within("bid in the chain's own coin, the first of its level", SUBMISSION_GAS_MAX);
    }

    function test_gas_askFirstOfItsLevel() public {
        ask(seller, 123, 501);
        _within("ask, the first of its level", SUBMISSION_GAS_MAX);
    }

    function test_gas_ask() public {
        ask(seller, 123, 500);
        _within("ask", SUBMISSION_GAS_MAX);
    }

    function test_gas_settle() public {
        uint256[4] memory orders;
        orders[0] = bid(BUYER, 300, 550);
        orders[1] = ask(seller, 271, 500);
        orders[2] = bid(BUYER, 200, 500);
        orders[3] = ask(seller, 72, 499);
        assertEq(clear(), 500, "price");

        energy.settleOrder(market, orders[0]);
        _within("settleOrder of a bid, the first credit", SETTLEMENT_GAS_MAX);
        energy.settleOrder(market, orders[1]);
        _within("settleOrder of an ask, the first credit", SETTLEMENT_GAS_MAX);
        energy.settleOrder(market, orders[2]);
        _within("settleOrder of a bid", SETTLEMENT_GAS_MAX);
        energy.settleOrder(market, orders[3]);
        _within("settleOrder of an ask", SETTLEMENT_GAS_MAX);
        VM.prank(BUYER);
        energy.withdraw(address(token), BUYER);
        VM.snapshotGasLastCall("market", "withdraw of coins and money");
    }

    function test_gas_buy() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(BUYER);
        energy.buy(given, signature, 20, 20, 300, uint40(block.timestamp + 60));
        _within("buy, the first of an offer", PURCHASE_GAS_MAX);
        VM.prank(BUYER);
        energy.buy(given, signature, 20, 20, 300, uint40(block.timestamp + 60));
        _within("buy", PURCHASE_GAS_MAX);
    }

    function test_gas_buyInTheChainsOwnCoin() public {
        Offer memory given = offer();
        given.market = ownCoinMarket;
        bytes memory signature = signOffer(SELLER_KEY, given);
        uint256 cost = 20 * 300 * uint256(UNITS_PER_TICK);
        VM.prank(BUYER);
        energy.buy{value: cost}(given, signature, 20, 20, 300, uint40(block.timestamp + 60));
        _within("buy in the chain's own coin, the first of an offer", PURCHASE_GAS_MAX);
    }

    /// @dev 500 orders over all levels, whose price is the highest tick: nothing is spared.
    function _fill() private returns (uint32 period) {
        for (uint48 i = 0; i < ORDERS; ++i) {
            if (i % 2 == 0) ask(seller, 1 + i % 7, uint16(1 + uint256(i) * 1023 / ORDERS));
            else bid(BUYER, 1 + i % 5, uint16(1024 - uint256(i) * 1023 / ORDERS));
        }
        bid(BUYER, 1_000_000, 1024);
        period = energy.currentPeriod();
        VM.warp((uint256(period) + 1) * PERIOD_S);
    }

    function test_gas_clearInOneStep() public {
        uint32 period = _fill();
        assertTrue(energy.clear(market, period, 2048), "whole");
        uint256 gasUsed = VM.snapshotGasLastCall("market", "clear, 500 orders over 1,024 levels");
        assertTrue(gasUsed <= TRANSACTION_GAS_MAX, "fits a transaction");
        assertEq(energy.auctionOf(market, period).priceTicks, 1024, "every level was walked");
    }

    /// @dev In transactions of their own, so that the second finds every level cold again.
    function test_gas_clearEachWalkInOneStep() public {
        uint32 period = _fill();
        string[2] memory names = ["clear, the first 1,024 levels", "clear, the other 1,024"];
        for (uint256 i = 0; i < 2; ++i) {
            assertTrue(energy.clear(market, period, 1024) == (i == 1), "a walk");
            uint256 gasUsed = VM.snapshotGasLastCall("market", names[i]);
            assertTrue(gasUsed / 1024 <= LEVEL_GAS_MAX, names[i]);
        }
    }

    function test_gas_clearInStepsOfOneLevel() public {
        uint32 period = _fill();
        for (uint256 steps = 1; steps < 2048; ++steps) {
            assertTrue(!energy.clear(market, period, 1), "not yet");
        }
        assertTrue(energy.clear(market, period, 1), "the last");
        assertEq(energy.auctionOf(market, period).priceTicks, 1024, "the same");
    }
}
