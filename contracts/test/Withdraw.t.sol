// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {HostileToken} from "./HostileToken.sol";
import {HostileWallet} from "./HostileWallet.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice withdraw, withdrawCoins, and the transfer that only the market may ask itself for.
contract WithdrawTest is MarketTest {
    function _refusesRecipient(address to) private {
        bytes memory why = abi.encodeWithSelector(IMarketBooks.RecipientRefused.selector, to);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.withdraw(address(token), to);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.withdrawCoins(address(token), to);
    }

    function _refusesNothing(address of_) private {
        bytes memory why =
            abi.encodeWithSelector(IMarketBooks.NothingCredited.selector, of_, BUYER);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.withdraw(of_, FRIEND);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.withdrawCoins(of_, FRIEND);
    }

    /// @dev Credits BUYER with 4 lots and 50 ticks.
    function _trade(bytes32 in_, uint256 value) private {
        uint32 period = energy.currentPeriod();
        VM.prank(seller);
        energy.ask(in_, period, 4, 10);
        VM.prank(BUYER);
        uint256 order = energy.bid{value: value}(in_, period, 9, 10);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(in_, period, 2048);
        energy.settleOrder(in_, order);
    }

    function test_withdraw_revertsIfItWouldBeLostThere() public {
        _trade(market, 0);
        _refusesRecipient(address(0));
        _refusesRecipient(address(energy));
        _refusesRecipient(address(coin));
        _refusesRecipient(address(ledger));
        _refusesRecipient(address(redemptions));
    }

    function test_withdraw_revertsIfNothingIsCredited() public {
        _refusesNothing(address(token));
        _trade(market, 0);
        _refusesNothing(address(0));
        VM.prank(BUYER);
        energy.withdraw(address(token), FRIEND);
        _refusesNothing(address(token));
    }

    function test_withdraw_revertsIfTheRecipientRefusesTheChainsOwnCoin() public {
        _trade(ownCoinMarket, 90 * UNITS_PER_TICK);
        HostileWallet wallet = new HostileWallet();
        wallet.setMood(HostileWallet.Mood.Refuses);
        VM.expectRevert(
            abi.encodeWithSelector(IMarketBooks.PaymentRefused.selector, address(wallet))
        );
        VM.prank(BUYER);
        energy.withdraw(address(0), address(wallet));
    }

    function test_transferExactly_revertsForAnyoneElse() public {
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.NotTheMarket.selector, STRANGER));
        VM.prank(STRANGER);
        energy.transferExactly(address(token), BUYER, STRANGER, 1);
    }

    function test_withdraw_paysCoinsAndMoneyOnce() public {
        _trade(market, 0);
        VM.expectEmit(address(energy));
        emit IMarketBooks.Withdrawn(address(token), BUYER, FRIEND, 4 * LOT, 50 * UNITS_PER_TICK);
        VM.prank(BUYER);
        (uint256 coins, uint256 money) = energy.withdraw(address(token), FRIEND);
        assertEq(coins, 4 * LOT, "coins said");
        assertEq(money, 50 * UNITS_PER_TICK, "money said");
        assertEq(coin.balanceOf(FRIEND), 4 * LOT, "coins");
        assertEq(token.balanceOf(FRIEND), 50 * UNITS_PER_TICK, "money");
        checkCredit(BUYER, 0, 0);
    }

    function test_withdraw_paysTheChainsOwnCoin() public {
        _trade(ownCoinMarket, 90 * UNITS_PER_TICK);
        VM.prank(BUYER);
        energy.withdraw(address(0), FRIEND);
        assertEq(FRIEND.balance, 50 * UNITS_PER_TICK, "money");
        assertEq(coin.balanceOf(FRIEND), 4 * LOT, "coins");
    }

    function test_withdraw_paysCoinsAloneOrMoneyAlone() public {
        _trade(market, 0);
        VM.prank(BUYER);
        assertEq(energy.withdrawCoins(address(token), FRIEND), 4 * LOT, "coins said");
        assertEq(coin.balanceOf(FRIEND), 4 * LOT, "coins");
        checkCredit(BUYER, 0, 50);
        VM.prank(BUYER);
        energy.withdraw(address(token), FRIEND);
        assertEq(token.balanceOf(FRIEND), 50 * UNITS_PER_TICK, "money");

        uint256 unsold = ask(seller, 4, 10);
        clear();
        energy.settleOrder(market, unsold);
        VM.prank(seller);
        energy.withdraw(address(token), FRIEND);
        assertEq(coin.balanceOf(FRIEND), 8 * LOT, "coins that came back");
    }

    function test_withdrawCoins_paysWhateverTheTokenDoes() public {
        HostileToken bad = new HostileToken();
        bad.give(BUYER, 1e9);
        VM.prank(BUYER);
        bad.approve(address(energy), type(uint256).max);
        _trade(energy.createMarket(address(bad), LOT_WH, UNITS_PER_TICK), 0);
        bad.setMood(HostileToken.Mood.Reverts);
        VM.expectRevert(abi.encodeWithSelector(HostileToken.Refused.selector));
        VM.prank(BUYER);
        energy.withdraw(address(bad), BUYER);
        VM.prank(BUYER);
        energy.withdrawCoins(address(bad), FRIEND);
        assertEq(coin.balanceOf(FRIEND), 4 * LOT, "coins");
    }
}
