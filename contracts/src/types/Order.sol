// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev An order of an auction that is not settled yet; the rest of it is in its number.
struct Order {
    address owner;
    uint48 lots;
}
