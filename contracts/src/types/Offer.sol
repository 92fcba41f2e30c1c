// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev A seller's standing offer of coins, as he signs it.
/// @param seller Whose coins they are, and who signed.
/// @param market Identifier of the market.
/// @param lots The most that is sold in all.
/// @param ticks Price of a lot, 1 to 1024.
/// @param minLots Fewest lots of one purchase; a rest that is smaller is sold whole.
/// @param buyer The only one who may buy; zero: anyone.
/// @param validUntil Block time, s, up to which it can be bought; at most 30 days ahead when it is.
/// @param epoch The seller's epoch in which it counts.
/// @param salt Tells offers apart that are else the same.
struct Offer {
    address seller;
    bytes32 market;
    uint48 lots;
    uint16 ticks;
    uint48 minLots;
    address buyer;
    uint40 validUntil;
    uint32 epoch;
    uint256 salt;
}

/// @dev As in EIP-712.
bytes32 constant OFFER_TYPE_HASH = keccak256(
    "Offer(address seller,bytes32 market,uint48 lots,uint16 ticks,uint48 minLots,address buyer,"
    "uint40 validUntil,uint32 epoch,uint256 salt)"
);

using {structHashOf} for Offer global;

/// @dev Every member is one word, so that encoding them is encodeData of EIP-712.
function structHashOf(Offer calldata self) pure returns (bytes32) {
    return keccak256(abi.encode(OFFER_TYPE_HASH, self));
}
