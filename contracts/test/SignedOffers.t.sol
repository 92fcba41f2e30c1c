// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {ISignedOffers} from "../src/interfaces/ISignedOffers.sol";
import {Offer} from "../src/types/Offer.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Purchases of signed offers.
contract SignedOffersTest is MarketTest {
    function _buy(Offer memory given, uint48 lots) private returns (uint48) {
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(BUYER);
        return energy.buy(given, signature, lots, 0, 1024, type(uint40).max);
    }

    function _refuses(Offer memory given, bytes memory reason) private {
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(reason);
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 0, 1024, type(uint40).max);
    }

    function test_buy_revertsIfOfferHasEndedOrEndsTooLate() public {
        Offer memory given = offer();
        given.validUntil = uint40(block.timestamp - 1);
        _refuses(
            given,
            abi.encodeWithSelector(
                ISignedOffers.OfferExpired.selector, block.timestamp - 1, block.timestamp
            )
        );
        given.validUntil = uint40(block.timestamp + 30 days + 1);
        _refuses(
            given,
            abi.encodeWithSelector(
                ISignedOffers.OfferTooLong.selector,
                block.timestamp + 30 days + 1,
                block.timestamp + 30 days
            )
        );
    }

    function test_buy_revertsIfEpochOrBuyerDiffers() public {
        Offer memory given = offer();
        given.buyer = FRIEND;
        _refuses(given, abi.encodeWithSelector(ISignedOffers.NotTheBuyer.selector, FRIEND, BUYER));
        given = offer();
        VM.prank(seller);
        energy.raiseEpoch();
        _refuses(given, abi.encodeWithSelector(ISignedOffers.EpochDiffers.selector, 1, 0));
    }

    function test_buy_revertsIfAnotherSignedOrItWasCancelled() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY + 1, given);
        VM.expectRevert(abi.encodeWithSelector(ISignedOffers.OfferNotSigned.selector, seller));
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 0, 1024, type(uint40).max);

        VM.prank(seller);
        energy.cancelOffer(given);
        _refuses(given, abi.encodeWithSelector(ISignedOffers.TooFewLots.selector, 1, 0));
    }

    function test_buy_revertsIfAboveTheBuyersLimitOrAfterHisDeadline() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(abi.encodeWithSelector(ISignedOffers.PriceAboveLimit.selector, 299, 300));
        energy.buy(given, signature, 1, 0, 299, type(uint40).max);
        uint40 before = uint40(block.timestamp - 1);
        VM.expectRevert(
            abi.encodeWithSelector(ISignedOffers.DeadlinePassed.selector, before, block.timestamp)
        );
        energy.buy(given, signature, 1, 0, 300, before);
    }

    function test_buy_movesCoinsAndMoneyAtOnce() public {
        assertEq(_buy(offer(), 20), 20, "lots");
        assertEq(coin.balanceOf(BUYER), 1000e18 + 20 * LOT, "coins");
        assertEq(token.balanceOf(seller), 1e12 + 20 * 300 * UNITS_PER_TICK, "money");
        assertEq(token.balanceOf(address(energy)), 0, "nothing held");
    }

    function test_buy_shrinksToWhatIsLeftAllowanceAndBalanceIncluded() public {
        assertEq(_buy(offer(), 30), 30, "all");
        assertEq(_buy(offer(), 30), 20, "what is left");
        Offer memory given = offer();
        given.salt = 8;
        VM.prank(seller);
        coin.approve(address(energy), 5 * LOT + 1);
        assertEq(_buy(given, 30), 5, "what is approved");
    }

    function test_buy_inTheChainsOwnCoinGivesTheRestBack() public {
        Offer memory given = offer();
        given.market = ownCoinMarket;
        bytes memory signature = signOffer(SELLER_KEY, given);
        uint256 cost = 50 * 300 * uint256(UNITS_PER_TICK);
        VM.prank(BUYER);
        energy.buy{value: cost + 77}(given, signature, 60, 50, 300, type(uint40).max);
        assertEq(seller.balance, 1e12 + cost, "paid");
        assertEq(BUYER.balance, 1e12 - cost, "the rest came back");
    }
}
