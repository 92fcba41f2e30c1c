// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMarketBooks} from "../src/interfaces/IMarketBooks.sol";
import {ISignedOffers} from "../src/interfaces/ISignedOffers.sol";
import {Offer} from "../src/types/Offer.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice cancelOffer, raiseEpoch, and what anyone can ask about an offer.
contract CancelOfferTest is MarketTest {
    function test_cancelOffer_revertsForAnyoneElse() public {
        VM.expectRevert(
            abi.encodeWithSelector(ISignedOffers.NotTheSeller.selector, seller, STRANGER)
        );
        VM.prank(STRANGER);
        energy.cancelOffer(offer());
    }

    function test_cancelOffer_takesBackOneOfferAlsoOneThatNobodySaw() public {
        Offer memory given = offer();
        bytes32 offerHash = energy.offerHashOf(given);
        VM.expectEmit(address(energy));
        emit ISignedOffers.OfferCancelled(offerHash, seller);
        VM.prank(seller);
        energy.cancelOffer(given);
        assertEq(energy.takenLotsOf(offerHash), type(uint48).max, "all taken");
        assertEq(energy.availableLotsOf(given, BUYER), 0, "nothing left");

        bytes memory signature = signOffer(SELLER_KEY, given);
        VM.expectRevert(abi.encodeWithSelector(ISignedOffers.TooFewLots.selector, 1, 0));
        VM.prank(BUYER);
        energy.buy(given, signature, 1, 0, 1024, type(uint40).max);
        given.salt = 8;
        assertEq(energy.availableLotsOf(given, BUYER), 50, "another stands");
    }

    function test_cancelOffer_takesBackAnOfferOfAllLotsThatThereCanBe() public {
        Offer memory given = offer();
        given.lots = type(uint48).max;
        VM.prank(seller);
        energy.cancelOffer(given);
        assertEq(energy.availableLotsOf(given, BUYER), 0, "nothing left");
    }

    function test_raiseEpoch_takesBackAllOffersOfTheCaller() public {
        Offer memory given = offer();
        VM.expectEmit(address(energy));
        emit ISignedOffers.EpochRaised(seller, 1);
        VM.prank(seller);
        assertEq(energy.raiseEpoch(), 1, "the epoch");
        assertEq(energy.availableLotsOf(given, BUYER), 0, "void");
        assertEq(energy.epochOf(seller), 1, "his");
        assertEq(energy.epochOf(FRIEND), 0, "nobody else's");
        given.epoch = 1;
        assertEq(energy.availableLotsOf(given, BUYER), 50, "one for the new epoch");
    }

    function test_availableLotsOf_revertsIfNobodyMadeTheMarket() public {
        Offer memory given = offer();
        given.market = 0;
        VM.expectRevert(abi.encodeWithSelector(IMarketBooks.MarketUnknown.selector, bytes32(0)));
        energy.availableLotsOf(given, BUYER);
    }

    function test_availableLotsOf_saysWhatCouldBeBoughtNow() public {
        Offer memory given = offer();
        assertEq(energy.availableLotsOf(given, BUYER), 50, "all");
        given.buyer = FRIEND;
        assertEq(energy.availableLotsOf(given, BUYER), 0, "for another");
        assertEq(energy.availableLotsOf(given, FRIEND), 50, "for him");
        given = offer();
        given.validUntil = uint40(block.timestamp - 1);
        assertEq(energy.availableLotsOf(given, BUYER), 0, "ended");
        given.validUntil = uint40(block.timestamp + 30 days + 1);
        assertEq(energy.availableLotsOf(given, BUYER), 0, "too early");
        given = offer();
        VM.prank(seller);
        coin.approve(address(energy), 3 * LOT);
        assertEq(energy.availableLotsOf(given, BUYER), 3, "approved");
        given.minLots = 4;
        assertEq(energy.availableLotsOf(given, BUYER), 0, "fewer than are sold at once");
        given.lots = 3;
        assertEq(energy.availableLotsOf(given, BUYER), 3, "a rest is sold whole");
    }

    /// @dev Against forge's own EIP-712.
    function test_offerHashOf_isThatOfEip712() public view {
        Offer memory given = offer();
        string memory head = string.concat(
            '{"types":{"EIP712Domain":[{"name":"name","type":"string"},',
            '{"name":"version","type":"string"},{"name":"chainId","type":"uint256"},',
            '{"name":"verifyingContract","type":"address"}],"Offer":[',
            '{"name":"seller","type":"address"},{"name":"market","type":"bytes32"},',
            '{"name":"lots","type":"uint48"},{"name":"ticks","type":"uint16"},',
            '{"name":"minLots","type":"uint48"},{"name":"buyer","type":"address"},',
            '{"name":"validUntil","type":"uint40"},{"name":"epoch","type":"uint32"},',
            '{"name":"salt","type":"uint256"}]},"primaryType":"Offer",',
            '"domain":{"name":"Helios Market","version":"1","chainId":'
        );
        string memory json = string.concat(
            head,
            VM.toString(block.chainid),
            ',"verifyingContract":"',
            VM.toString(address(energy)),
            '"},"message":{"seller":"',
            VM.toString(seller),
            '","market":"',
            VM.toString(given.market),
            '","lots":"50","ticks":"300","minLots":"1","buyer":"',
            VM.toString(address(0)),
            '","validUntil":"',
            VM.toString(given.validUntil),
            '","epoch":"0","salt":"7"}}'
        );
        bytes32 digest = keccak256(
            abi.encodePacked(hex"1901", energy.domainSeparator(), energy.offerHashOf(given))
        );
        assertEq(digest, VM.eip712HashTypedData(json), "digest");
    }
}
