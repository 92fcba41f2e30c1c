// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ICallAuctions} from "../src/interfaces/ICallAuctions.sol";
import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {ISignedOffers} from "../src/interfaces/ISignedOffers.sol";
import {Offer} from "../src/types/Offer.sol";
import {HostileToken} from "./HostileToken.sol";
import {HostileWallet} from "./HostileWallet.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Tokens that break the standard hurt nobody but who trades for them.
contract HostileTokensTest is MarketTest {
    HostileToken private bad;
    bytes32 private badMarket;

    function setUp() public override {
        super.setUp();
        bad = new HostileToken();
        bad.give(BUYER, 1e12);
        VM.prank(BUYER);
        bad.approve(address(energy), type(uint256).max);
        badMarket = energy.createMarket(address(bad), LOT_WH, UNITS_PER_TICK);
    }

    function _refuses(HostileToken.Mood mood, bytes memory why) private {
        bad.setMood(mood);
        uint32 period = energy.currentPeriod();
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.bid(badMarket, period, 1, 1);

        Offer memory given = offer();
        (given.market, given.ticks) = (badMarket, 1);
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 1, 1, type(uint40).max);
    }

    function _arrived(uint256 arrived) private view returns (bytes memory) {
        return abi.encodeWithSelector(
            IMarketBooks.ArrivedDiffers.selector, bad, UNITS_PER_TICK, arrived
        );
    }

    function test_bidAndBuy_revertIfTheTokenTakesAFee() public {
        _refuses(HostileToken.Mood.TakesFee, _arrived(UNITS_PER_TICK - 1));
    }

    function test_bidAndBuy_revertIfTooMuchArrives() public {
        _refuses(HostileToken.Mood.MovesTooMuch, _arrived(UNITS_PER_TICK + 1));
    }

    function test_bidAndBuy_revertIfNothingArrives() public {
        _refuses(HostileToken.Mood.MovesNothing, _arrived(0));
        _refuses(HostileToken.Mood.ClaimsRiches, _arrived(0));
    }

    function test_bidAndBuy_revertIfTheTokenReturnsFalse() public {
        _refuses(
            HostileToken.Mood.ReturnsFalse,
            abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(bad))
        );
    }

    function test_bidAndBuy_revertIfTheTokenReverts() public {
        _refuses(HostileToken.Mood.Reverts, abi.encodeWithSelector(HostileToken.Refused.selector));
    }

    function test_bid_takesATokenThatReturnsNothing() public {
        bad.setMood(HostileToken.Mood.ReturnsNothing);
        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        energy.bid(badMarket, period, 3, 7);
        assertEq(bad.balanceOf(address(energy)), 21 * UNITS_PER_TICK, "escrowed");
    }

    /// @dev Every function behind the lock, from within a transfer of a token. Most would fail for
    /// other reasons too: the lock comes first.
    function test_lock_holdsWhileATokenIsCalled() public {
        uint256 order = ask(seller, 3, 10);
        uint32 last = energy.currentPeriod();
        clear();
        bytes[] memory calls = _everyCall(last, order);
        bad.setCalls(address(energy), calls);

        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        energy.bid(badMarket, period, 1, 1);
        assertEq(bad.callsBackLockedOut(), calls.length, "each met the lock");
        VM.recordLogs();
        energy.settleOrder(market, order);
        assertTrue(VM.getRecordedLogs().length != 0, "which would have succeeded");
    }

    function _everyCall(uint32 last, uint256 order) private view returns (bytes[] memory calls) {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        calls = new bytes[](16);
        calls[0] = abi.encodeCall(ICallAuctions.settleOrder, (market, order));
        calls[1] = abi.encodeCall(ICallAuctions.clear, (market, last, 1));
        calls[2] = abi.encodeCall(ICallAuctions.bid, (market, last + 1, 1, 1));
        calls[3] = abi.encodeCall(ICallAuctions.ask, (market, last + 1, 1, 1));
        calls[4] =
            abi.encodeCall(ISignedOffers.buy, (given, signature, 1, 1, 1024, type(uint40).max));
        calls[5] = abi.encodeCall(ISignedOffers.cancelOffer, (given));
        calls[6] = abi.encodeCall(ISignedOffers.raiseEpoch, ());
        calls[7] = abi.encodeCall(IMarketBooks.withdraw, (address(token), STRANGER));
        calls[8] = abi.encodeCall(IMarketBooks.withdrawCoins, (address(token), STRANGER));
        calls[9] = abi.encodeCall(energy.makeStandingSale, (meter, market, 1));
        calls[10] = abi.encodeCall(energy.makeStandingPurchase, (consumer, market, 1, 1, 1));
        calls[11] = abi.encodeCall(energy.endStandingSale, (meter));
        calls[12] = abi.encodeCall(energy.endStandingPurchase, (consumer));
        calls[13] = abi.encodeCall(energy.triggerSale, (meter));
        calls[14] = abi.encodeCall(energy.triggerPurchase, (consumer));
        calls[15] = abi.encodeCall(energy.redeemBought, (consumer));
    }

    function test_lock_holdsWhileAWalletIsPaid() public {
        HostileWallet wallet = new HostileWallet();
        uint256 order = ask(seller, 3, 10);
        clear();
        wallet.setCall(
            address(energy), abi.encodeCall(ICallAuctions.settleOrder, (market, order))
        );
        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        uint256 missed = energy.bid{value: UNITS_PER_TICK}(ownCoinMarket, period, 1, 1);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(ownCoinMarket, period, 2048);
        energy.settleOrder(ownCoinMarket, missed);
        VM.prank(BUYER);
        energy.withdraw(address(0), address(wallet));
        assertEq(address(wallet).balance, UNITS_PER_TICK, "paid");
        assertTrue(!wallet.hasCallBackSucceeded(), "and refused");
    }

    /// @dev Half of what the market holds of it is gone: those who come first are paid, and the
    /// coins of all are safe.
    function test_withdraw_ofARebasingTokenHurtsOnlyItsOwnUsers() public {
        uint32 period = energy.currentPeriod();
        VM.prank(BUYER);
        uint256 bought = energy.bid(badMarket, period, 4, 10);
        VM.prank(seller);
        uint256 sold = energy.ask(badMarket, period, 4, 10);
        uint256 other = ask(seller, 4, 10);
        VM.warp((uint256(period) + 1) * PERIOD_S);
        energy.clear(badMarket, period, 2048);
        energy.clear(market, period, 2048);
        bad.take(address(energy), 20 * UNITS_PER_TICK);

        energy.settleOrder(badMarket, bought);
        energy.settleOrder(badMarket, sold);
        energy.settleOrder(market, other);
        VM.prank(BUYER);
        energy.withdraw(address(bad), FRIEND);
        assertEq(coin.balanceOf(FRIEND), 4 * LOT, "the coins that were bought");
        VM.prank(seller);
        energy.withdraw(address(token), FRIEND);
        assertEq(coin.balanceOf(FRIEND), 8 * LOT, "coins of another market");
        (bool isPaid,) = _withdraws(seller);
        assertTrue(!isPaid, "the token is not covered");
    }

    function _withdraws(address who) private returns (bool isPaid, bytes memory answer) {
        VM.prank(who);
        (isPaid, answer) =
            address(energy).call(abi.encodeCall(IMarketBooks.withdraw, (address(bad), FRIEND)));
    }
}
