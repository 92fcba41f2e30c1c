// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Offer} from "../types/Offer.sol";

/// @title Signed offers
/// @notice A seller signs an offer (EIP-712, domain `Helios Market`, version `1`, this address; or
/// ERC-1271) and shows it to whom he likes; whoever buys pays the gas. His coins stay his until
/// then: what he has approved this contract for, and has, is what can be bought.
///
/// The buyer's money goes to the seller at once. If it cannot, since the seller's account refuses
/// it, it is credited to him and the purchase stands.
///
/// @dev An offer can be bought during the last 30 days before its validUntil, and not before: so
/// none outlives 30 days of use.
interface ISignedOffers {
    /// @notice Lots of an offer were bought, at its price.
    /// @param offer Its struct hash.
    event OfferTaken(
        bytes32 indexed offer,
        bytes32 indexed market,
        address indexed seller,
        address buyer,
        uint48 lots,
        uint16 ticks
    );

    /// @notice The seller took an offer back.
    event OfferCancelled(bytes32 indexed offer, address indexed seller);

    /// @notice All offers of the seller for an earlier epoch are void.
    event EpochRaised(address indexed seller, uint32 epoch);

    /// @notice The buyer's own deadline has passed.
    error DeadlinePassed(uint40 deadline, uint256 blockTime);

    /// @notice The offer has ended.
    error OfferExpired(uint40 validUntil, uint256 blockTime);

    /// @notice The offer ends more than 30 days from now.
    error OfferTooLong(uint40 validUntil, uint256 latest);

    /// @notice The seller raised his epoch, or signed for one to come.
    error EpochDiffers(uint32 current, uint32 given);

    /// @notice The offer is for another buyer.
    error NotTheBuyer(address buyer, address caller);

    /// @notice Only the seller takes his offer back.
    error NotTheSeller(address seller, address caller);

    /// @notice The offer's price is above the buyer's limit.
    error PriceAboveLimit(uint16 mostTicks, uint16 ticks);

    /// @notice Neither did the seller's key sign the offer nor does his contract say so.
    error OfferNotSigned(address seller);

    /// @notice Fewer lots are to be had than the buyer or the seller accepts.
    error TooFewLots(uint48 fewest, uint48 available);

    /// @notice The call brings less of the chain's own coin than the lots cost.
    error ValueTooSmall(uint256 needed, uint256 given);

    /// @notice Buys lots of an offer for the caller: as many of `lots` as are left of the offer
    /// and the seller's allowance and balance allow.
    /// @dev In the chain's own coin, send what `lots` cost; what is not needed comes back, or is
    /// credited if the caller's account refuses it.
    /// @param fewestLots Fewer than these: revert. 0 counts as 1.
    /// @param mostTicks The most ticks of a lot.
    /// @param deadline Block time, s, after which it reverts.
    /// @return bought Lots.
    function buy(
        Offer calldata offer,
        bytes calldata signature,
        uint48 lots,
        uint48 fewestLots,
        uint16 mostTicks,
        uint40 deadline
    ) external payable returns (uint48 bought);

    /// @notice Takes one offer back, also one that nobody has seen yet.
    function cancelOffer(Offer calldata offer) external;

    /// @notice Takes all offers of the caller's present epoch back.
    function raiseEpoch() external returns (uint32 epoch);

    /// @notice Lots of an offer that could be bought now by `buyer`; 0 if it has ended, was taken
    /// back, is not for him, or if the seller has fewer than he sells at once. Says nothing of the
    /// signature. Reverts if nobody has made the market.
    function availableLotsOf(Offer calldata offer, address buyer) external view returns (uint48);

    /// @notice Its struct hash, under which its lots are counted.
    function offerHashOf(Offer calldata offer) external pure returns (bytes32);

    /// @notice Lots that were bought of an offer; 2^48 - 1 if it was taken back.
    function takenLotsOf(bytes32 offer) external view returns (uint48);

    /// @notice The epoch for which a seller's offers count now.
    function epochOf(address seller) external view returns (uint32);

    /// @notice The EIP-712 domain separator of offers.
    function domainSeparator() external view returns (bytes32);
}
