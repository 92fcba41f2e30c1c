// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Vm} from "./Vm.sol";

/// @notice What forge needs to see in a script, and parameters from environment variables.
/// @dev Not forge's own envOr: that takes the default also where it cannot read what is set.
abstract contract DeployScript {
    // Address at which forge answers cheat codes: the last 20 bytes of keccak256("hevm cheat
    // code").
    Vm internal constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    // Marks the contract as a script to forge.
    // forge-lint: disable-next-line(screaming-snake-case-const)
    bool public constant IS_SCRIPT = true;

    function _number(string memory name, uint256 fallbackValue) internal view returns (uint256) {
        if (!VM.envExists(name)) return fallbackValue;
        try VM.envUint(name) returns (uint256 given) {
            return given;
        } catch {
            revert(string.concat(name, " is no whole number: write it in digits, or unset it."));
        }
    }

    function _account(string memory name, address fallbackValue) internal view returns (address) {
        if (!VM.envExists(name)) return fallbackValue;
        try VM.envAddress(name) returns (address given) {
            return given;
        } catch {
            revert(string.concat(name, " is no address: write 0x and 40 hex digits."));
        }
    }
}
