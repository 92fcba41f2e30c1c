// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev "Sell what my meter earned since, at no less than so many ticks."
/// @param owner Who made it, and owned the meter then.
/// @param ticks Limit of its asks; 0: it has ended, and the rest says what is still in an auction.
/// @param market Where it sells.
/// @param order Number of the last order, as far as it is not accounted for.
/// @param orderLots Lots of that order; 0: there is none.
/// @param soldUpToWh Up to where the meter's minted energy is sold: it starts at all that was
/// minted when the order was made, and every lot that is sold adds to it.
/// @param unsoldWh Of what came back from auctions, and is offered again first.
struct StandingSale {
    address owner;
    uint16 ticks;
    bytes32 market;
    uint104 order;
    uint48 orderLots;
    uint48 soldUpToWh;
    uint48 unsoldWh;
}
