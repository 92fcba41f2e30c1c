// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @dev All orders of an auction with one limit, in lots.
struct Level {
    uint48 bids;
    uint48 asks;
}
