// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Vm} from "../script/Vm.sol";

/// @notice What forge needs to see in a test contract, and the few assertions used here.
abstract contract HeliosTest {
    // Marks the contract as a test to forge.
    // forge-lint: disable-next-line(screaming-snake-case-const)
    bool public constant IS_TEST = true;

    // Address at which forge answers cheat codes.
    Vm internal constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    error NotEqual(string what, uint256 actual, uint256 expected);
    error NotTrue(string what);

    function assertEq(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert NotEqual(what, actual, expected);
    }

    function assertEq(address actual, address expected, string memory what) internal pure {
        assertEq(uint256(uint160(actual)), uint256(uint160(expected)), what);
    }

    function assertEq(bytes32 actual, bytes32 expected, string memory what) internal pure {
        assertEq(uint256(actual), uint256(expected), what);
    }

    function assertTrue(bool holds, string memory what) internal pure {
        if (!holds) revert NotTrue(what);
    }

    /// @dev Folds `x` into lowest..highest, the ends included.
    function bound(uint256 x, uint256 lowest, uint256 highest) internal pure returns (uint256) {
        if (x >= lowest && x <= highest) return x;
        uint256 size = highest - lowest + 1;
        return size == 0 ? x : lowest + x % size;
    }
}
