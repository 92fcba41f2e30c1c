// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {ISignedOffers} from "../src/interfaces/ISignedOffers.sol";
import {Offer} from "../src/types/Offer.sol";
import {ContractWallet} from "./ContractWallet.sol";
import {HostileToken} from "./HostileToken.sol";
import {HostileWallet} from "./HostileWallet.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Purchases of signed offers.
contract BuyTest is MarketTest {
    uint40 private constant WHENEVER = type(uint40).max;
    uint256 private constant COST_OF_LOT = 300 * uint256(UNITS_PER_TICK);

    function _buy(Offer memory given, uint48 lots) private returns (uint48) {
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(BUYER);
        return energy.buy(given, signature, lots, 0, 1024, WHENEVER);
    }

    function _refuses(Offer memory given, bytes memory why) private {
        _refusesLots(given, 1, 0, why);
    }

    function _refusesLots(Offer memory given, uint48 lots, uint48 fewest, bytes memory why)
        private
    {
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, signature, lots, fewest, 1024, WHENEVER);
    }

    function _tooFew(uint48 fewest, uint48 available) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISignedOffers.TooFewLots.selector, fewest, available);
    }

    function test_buy_revertsAfterTheBuyersDeadline() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        uint40 before = uint40(block.timestamp - 1);
        VM.expectRevert(
            abi.encodeWithSelector(ISignedOffers.DeadlinePassed.selector, before, block.timestamp)
        );
        energy.buy(given, signature, 1, 0, 300, before);
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 0, 300, before + 1);
    }

    function test_buy_revertsIfAboveTheBuyersLimit() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(abi.encodeWithSelector(ISignedOffers.PriceAboveLimit.selector, 299, 300));
        energy.buy(given, signature, 1, 0, 299, WHENEVER);
    }

    function test_buy_revertsIfNobodyMadeTheMarket() public {
        Offer memory given = offer();
        given.market = keccak256("another");
        _refuses(given, abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, given.market));
    }

    function test_buy_revertsIfOffTheGrid() public {
        Offer memory given = offer();
        given.ticks = 0;
        _refuses(given, abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 0));
        given.ticks = 1025;
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.TicksRefused.selector, 1025));
        energy.buy(given, signature, 1, 0, type(uint16).max, WHENEVER);
    }

    function test_buy_revertsIfTheOfferHasEnded() public {
        Offer memory given = offer();
        given.validUntil = uint40(block.timestamp);
        assertEq(_buy(given, 1), 1, "in its last second");
        uint256 late = uint256(given.validUntil) + 1;
        VM.warp(late);
        _refuses(
            given,
            abi.encodeWithSelector(ISignedOffers.OfferExpired.selector, given.validUntil, late)
        );
    }

    function test_buy_revertsIfTheOfferEndsInMoreThan30Days() public {
        Offer memory given = offer();
        given.validUntil = uint40(block.timestamp + 30 days);
        assertEq(_buy(given, 1), 1, "30 days");
        given.validUntil += 1;
        _refuses(
            given,
            abi.encodeWithSelector(
                ISignedOffers.OfferTooLong.selector,
                block.timestamp + 30 days + 1,
                block.timestamp + 30 days
            )
        );
    }

    function test_buy_revertsIfTheEpochIsPastOrToCome() public {
        Offer memory given = offer();
        given.epoch = 1;
        _refuses(given, abi.encodeWithSelector(ISignedOffers.EpochDiffers.selector, 0, 1));
        VM.prank(seller);
        energy.raiseEpoch();
        assertEq(_buy(given, 1), 1, "in its epoch");
        given.epoch = 0;
        _refuses(given, abi.encodeWithSelector(ISignedOffers.EpochDiffers.selector, 1, 0));
    }

    function test_buy_revertsIfTheOfferIsForAnother() public {
        Offer memory given = offer();
        given.buyer = FRIEND;
        _refuses(given, abi.encodeWithSelector(ISignedOffers.NotTheBuyer.selector, FRIEND, BUYER));
        given.buyer = BUYER;
        assertEq(_buy(given, 1), 1, "for him");
    }

    function test_buy_revertsIfAnotherKeySigned() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY + 1, given);
        bytes memory why = abi.encodeWithSelector(ISignedOffers.OfferNotSigned.selector, seller);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 0, 1024, WHENEVER);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, "", 1, 0, 1024, WHENEVER);
    }

    function test_fuzz_buy_revertsIfAnythingSignedIsAnother(uint256 which, uint256 change)
        public
    {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        which %= 5;
        if (which == 0) given.lots = _another(given.lots, change);
        if (which == 1) given.ticks = uint16(1 + _another(given.ticks - 1, change) % 1024);
        if (which == 2) given.minLots = _another(given.minLots, change) % 50;
        if (which == 3) given.validUntil -= uint40(1 + change % 1000);
        if (which == 4) given.salt ^= 1 + change % 1000;
        VM.assume(keccak256(abi.encode(given)) != keccak256(abi.encode(offer())));
        VM.expectRevert(abi.encodeWithSelector(ISignedOffers.OfferNotSigned.selector, seller));
        VM.prank(BUYER);
        energy.buy(given, signature, 50, 0, 1024, WHENEVER);
    }

    function _another(uint48 number, uint256 change) private pure returns (uint48) {
        return number ^ uint48(1 + change % 1000);
    }

    function test_buy_revertsIfTheSellersContractDidNotSign() public {
        (HostileWallet wallet, Offer memory given) = _walletsOffer();
        wallet.setSigner(false);
        VM.expectRevert(
            abi.encodeWithSelector(ISignedOffers.OfferNotSigned.selector, address(wallet))
        );
        VM.prank(BUYER);
        energy.buy{value: COST_OF_LOT}(given, "", 1, 0, 1024, WHENEVER);
    }

    function test_buy_revertsIfFewerAreLeftThanTheBuyerWants() public {
        Offer memory given = offer();
        _refusesLots(given, 60, 51, _tooFew(51, 50));
        _refusesLots(given, 0, 0, _tooFew(1, 0));
        _buy(given, 50);
        _refuses(given, _tooFew(1, 0));
    }

    function test_buy_revertsIfTheSellerHasLessThanALot() public {
        VM.prank(seller);
        coin.approve(address(energy), LOT - 1);
        _refuses(offer(), _tooFew(1, 0));
    }

    function test_buy_revertsIfFewerThanTheSellerWants() public {
        Offer memory given = offer();
        given.minLots = 20;
        _refusesLots(given, 19, 0, _tooFew(20, 19));
        _buy(given, 20);
        VM.prank(seller);
        coin.approve(address(energy), 19 * LOT);
        _refusesLots(given, 30, 0, _tooFew(20, 19));
    }

    function test_buy_revertsIfTooLittleOfTheChainsOwnCoinComes() public {
        Offer memory given = offer();
        given.market = ownCoinMarket;
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(
            abi.encodeWithSelector(
                ISignedOffers.ValueTooSmall.selector, COST_OF_LOT, COST_OF_LOT - 1
            )
        );
        VM.prank(BUYER);
        energy.buy{value: COST_OF_LOT - 1}(given, signature, 1, 0, 1024, WHENEVER);
    }

    function test_buy_revertsIfTheChainsOwnCoinComesForAToken() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.ValueDiffers.selector, 0, 1));
        VM.prank(BUYER);
        energy.buy{value: 1}(given, signature, 1, 0, 1024, WHENEVER);
    }

    function test_buy_movesCoinsAndMoneyAtOnce() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        bytes32 offerHash = energy.offerHashOf(given);
        VM.expectEmit(address(energy));
        emit ISignedOffers.OfferTaken(offerHash, market, seller, BUYER, 20, 300);
        VM.prank(BUYER);
        assertEq(energy.buy(given, signature, 20, 20, 300, WHENEVER), 20, "lots");
        assertEq(coin.balanceOf(BUYER), 1000e18 + 20 * LOT, "coins");
        assertEq(token.balanceOf(BUYER), 1e12 - 20 * COST_OF_LOT, "paid");
        assertEq(token.balanceOf(seller), 1e12 + 20 * COST_OF_LOT, "received");
        assertEq(token.balanceOf(address(energy)), 0, "nothing held");
        assertEq(energy.takenLotsOf(offerHash), 20, "taken");
    }

    function test_buy_shrinksToWhatIsLeftApprovedAndThere() public {
        assertEq(_buy(offer(), 30), 30, "all");
        assertEq(_buy(offer(), 30), 20, "what is left");
        Offer memory given = offer();
        given.salt = 8;
        VM.prank(seller);
        coin.approve(address(energy), 5 * LOT + 1);
        assertEq(_buy(given, 30), 5, "what is approved");
        VM.prank(seller);
        coin.approve(address(energy), type(uint256).max);
        uint256 most = coin.balanceOf(seller) - 7 * LOT;
        VM.prank(seller);
        assertTrue(coin.transfer(FRIEND, most), "away");
        assertEq(_buy(given, 30), 7, "what is there");
    }

    function test_buy_sellsARestThatIsSmallerThanTheSellersFewestWhole() public {
        Offer memory given = offer();
        given.minLots = 20;
        _buy(given, 31);
        _refusesLots(given, 18, 0, _tooFew(20, 18));
        assertEq(_buy(given, 30), 19, "the rest");
    }

    function test_buy_fromOneselfChangesNothingButTheOffer() public {
        Offer memory given = offer();
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(seller);
        energy.buy(given, signature, 10, 0, 1024, WHENEVER);
        assertEq(coin.balanceOf(seller), 1000e18, "coins");
        checkCredit(seller, 0, 10 * 300);
        assertEq(token.balanceOf(seller), 1e12 - 10 * COST_OF_LOT, "money, else in the credit");
    }

    function test_buy_inTheChainsOwnCoinGivesTheRestBack() public {
        Offer memory given = offer();
        given.market = ownCoinMarket;
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(BUYER);
        energy.buy{value: 50 * COST_OF_LOT + 77}(given, signature, 60, 50, 300, WHENEVER);
        assertEq(seller.balance, 1e12 + 50 * COST_OF_LOT, "paid");
        assertEq(BUYER.balance, 1e12 - 50 * COST_OF_LOT, "the rest came back");
    }

    function _walletsOffer() private returns (HostileWallet wallet, Offer memory given) {
        wallet = new HostileWallet();
        give(address(wallet), 100e18);
        VM.prank(address(wallet));
        coin.approve(address(energy), type(uint256).max);
        given = offer();
        (given.seller, given.market) = (address(wallet), ownCoinMarket);
    }

    function test_buy_paysASellersContract() public {
        (HostileWallet wallet, Offer memory given) = _walletsOffer();
        VM.prank(BUYER);
        energy.buy{value: 3 * COST_OF_LOT}(given, "", 3, 3, 300, WHENEVER);
        assertEq(address(wallet).balance, 3 * COST_OF_LOT, "pushed");
    }

    function test_buy_ofAContractWalletWhatItsOwnerSignedAndNothingElse() public {
        address wallet = address(new ContractWallet(VM.addr(0xC0DE)));
        outfit(wallet);
        Offer memory given = offer();
        given.seller = wallet;
        bytes memory signature = signOffer(0xC0DE, given);
        bytes memory strangers = signOffer(SELLER_KEY, given);
        bytes memory why = abi.encodeWithSelector(ISignedOffers.OfferNotSigned.selector, wallet);
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, strangers, 3, 3, 300, WHENEVER);
        given.salt = 8;
        VM.expectRevert(why);
        VM.prank(BUYER);
        energy.buy(given, signature, 3, 3, 300, WHENEVER);

        given.salt = 7;
        VM.prank(BUYER);
        energy.buy(given, signature, 3, 3, 300, WHENEVER);
        assertEq(token.balanceOf(wallet), 1e12 + 3 * COST_OF_LOT, "paid");
        assertEq(coin.balanceOf(wallet), 1000e18 - 3 * LOT, "sold");
        assertEq(coin.balanceOf(BUYER), 1000e18 + 3 * LOT, "bought");
    }

    function test_buy_creditsASellerWhoRefuses() public {
        _creditsASellerWho(HostileWallet.Mood.Refuses);
    }

    function test_buy_creditsASellerWhoBurnsGas() public {
        _creditsASellerWho(HostileWallet.Mood.BurnsGas);
    }

    function test_buy_creditsASellerWhoReturnsMuch() public {
        _creditsASellerWho(HostileWallet.Mood.ReturnsMuch);
    }

    /// @dev What he costs leaves enough of the gas for a credit that is his first.
    function _creditsASellerWho(HostileWallet.Mood mood) private {
        (HostileWallet wallet, Offer memory given) = _walletsOffer();
        wallet.setMood(mood);
        VM.prank(BUYER);
        energy.buy{value: 3 * COST_OF_LOT, gas: 400_000}(given, "", 3, 3, 300, WHENEVER);
        (, uint128 money) = energy.creditOf(address(0), address(wallet));
        assertEq(money, 3 * COST_OF_LOT, "credited");
        assertEq(address(wallet).balance, 0, "not pushed");
        assertEq(coin.balanceOf(BUYER), 1000e18 + 3 * LOT, "and the purchase stands");
    }

    function test_buy_creditsABuyerWhoRefusesTheRest() public {
        HostileWallet wallet = new HostileWallet();
        wallet.setMood(HostileWallet.Mood.Refuses);
        VM.deal(address(wallet), 1e12);
        Offer memory given = offer();
        given.market = ownCoinMarket;
        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.prank(address(wallet));
        energy.buy{value: COST_OF_LOT + 5}(given, signature, 1, 1, 300, WHENEVER);
        (, uint128 money) = energy.creditOf(address(0), address(wallet));
        assertEq(money, 5, "credited");
    }

    function test_buy_creditsASellerWhomTheTokenRefuses() public {
        HostileToken bad = new HostileToken();
        bad.give(BUYER, 1e9);
        VM.prank(BUYER);
        bad.approve(address(energy), type(uint256).max);
        bad.refuse(seller);
        Offer memory given = offer();
        given.market = energy.createMarket(address(bad), LOT_WH, UNITS_PER_TICK);
        _buy(given, 4);
        (, uint128 money) = energy.creditOf(address(bad), seller);
        assertEq(money, 4 * COST_OF_LOT, "credited");
        assertEq(bad.balanceOf(address(energy)), 4 * COST_OF_LOT, "and held");
    }

    function test_fuzz_buy_neverSellsMoreThanIsOffered(uint48[8] memory lots, uint48 offered)
        public
    {
        Offer memory given = offer();
        given.lots = uint48(bound(offered, 1, 3000));
        bytes memory signature = signOffer(SELLER_KEY, given);
        uint256 sold;
        for (uint256 i = 0; i < 8; ++i) {
            uint48 wanted = uint48(bound(lots[i], 1, 1000));
            uint256 left = given.lots - sold;
            assertEq(energy.availableLotsOf(given, BUYER), left, "available");
            if (left == 0) break;
            VM.prank(BUYER);
            uint256 bought = energy.buy(given, signature, wanted, 0, 300, WHENEVER);
            assertEq(bought, wanted < left ? wanted : left, "what is wanted, or left");
            sold += bought;
        }
        assertEq(coin.balanceOf(BUYER), 1000e18 + sold * LOT, "coins");
        assertEq(token.balanceOf(seller), 1e12 + sold * COST_OF_LOT, "exact");
    }
}
