// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {MeterState} from "./MeterState.sol";

/// @dev The configuration of a meter in one slot, which readings only read. From the top:
/// assurance 8, state 8, mintOffsetWh 48, maxPowerW 32, owner 160. mintOffsetWh is below
/// whPerCoin, and makes the export register at enrolment a whole number of coins and what was
/// carried over. An empty slot is
/// the configuration of a meter that is not enrolled: owner zero, state None.
type PackedConfiguration is uint256;

using {
    owner,
    maxPowerW,
    mintOffsetWh,
    state,
    assurance,
    withOwner,
    withState
} for PackedConfiguration global;

function owner(PackedConfiguration self) pure returns (address) {
    return address(uint160(PackedConfiguration.unwrap(self)));
}

function maxPowerW(PackedConfiguration self) pure returns (uint32) {
    return uint32(PackedConfiguration.unwrap(self) >> 160);
}

function mintOffsetWh(PackedConfiguration self) pure returns (uint48) {
    return uint48(PackedConfiguration.unwrap(self) >> 192);
}

/// @dev A value that is none of the enum's cannot be in a slot: only withState and
/// packConfiguration write there.
function state(PackedConfiguration self) pure returns (MeterState) {
    return MeterState(uint8(PackedConfiguration.unwrap(self) >> 240));
}

function assurance(PackedConfiguration self) pure returns (uint8) {
    return uint8(PackedConfiguration.unwrap(self) >> 248);
}

/// @dev The same meter of another owner; mintOffsetWh stays, so that no part of a coin is lost.
function withOwner(PackedConfiguration self, address newOwner)
    pure
    returns (PackedConfiguration)
{
    uint256 others = PackedConfiguration.unwrap(self) & ~uint256(type(uint160).max);
    return PackedConfiguration.wrap(others | uint160(newOwner));
}

/// @dev The same meter in another state.
function withState(PackedConfiguration self, MeterState newState)
    pure
    returns (PackedConfiguration)
{
    uint256 others = PackedConfiguration.unwrap(self) & ~(uint256(type(uint8).max) << 240);
    return PackedConfiguration.wrap(others | (uint256(newState) << 240));
}

/// @dev The configuration of a meter that was just enrolled: active.
function packConfiguration(
    address meterOwner,
    uint32 ratedPowerW,
    uint48 offsetWh,
    uint8 meterAssurance
) pure returns (PackedConfiguration) {
    return PackedConfiguration.wrap(
        uint160(meterOwner) | (uint256(ratedPowerW) << 160) | (uint256(offsetWh) << 192)
            | (uint256(MeterState.Active) << 240) | (uint256(meterAssurance) << 248)
    );
}
