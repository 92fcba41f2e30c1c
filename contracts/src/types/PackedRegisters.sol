// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Registers} from "./Registers.sol";

/// @dev The registers of a meter in one slot, the hot one. From the top: pagination 32, exportWh 48,
/// importWh 48, authorisedWh 48, returnedWh 48, plausibleFrom 32. The upper 224 bits are in the order
/// and width of a signed reading's first 28 bytes, so that a reading becomes a slot without a shift.
type PackedRegisters is uint256;

/// @dev Width and place of plausibleFrom, the part that no meter signs.
uint256 constant PLAUSIBLE_FROM_MASK = type(uint32).max;

using {
    pagination,
    exportWh,
    importWh,
    authorisedWh,
    returnedWh,
    plausibleFrom,
    withPagination,
    withPlausibleFrom,
    unpack
} for PackedRegisters global;

function pagination(PackedRegisters self) pure returns (uint32) {
    return uint32(PackedRegisters.unwrap(self) >> 224);
}

function exportWh(PackedRegisters self) pure returns (uint48) {
    return uint48(PackedRegisters.unwrap(self) >> 176);
}

function importWh(PackedRegisters self) pure returns (uint48) {
    return uint48(PackedRegisters.unwrap(self) >> 128);
}

function authorisedWh(PackedRegisters self) pure returns (uint48) {
    return uint48(PackedRegisters.unwrap(self) >> 80);
}

function returnedWh(PackedRegisters self) pure returns (uint48) {
    return uint48(PackedRegisters.unwrap(self) >> 32);
}

function plausibleFrom(PackedRegisters self) pure returns (uint32) {
    return uint32(PackedRegisters.unwrap(self));
}

function withPagination(PackedRegisters self, uint32 newPagination)
    pure
    returns (PackedRegisters)
{
    uint256 others =
        PackedRegisters.unwrap(self) & (type(uint256).max >> 32);
    return PackedRegisters.wrap((uint256(newPagination) << 224) | others);
}

function withPlausibleFrom(PackedRegisters self, uint32 newPlausibleFrom)
    pure
    returns (PackedRegisters)
{
    uint256 others = PackedRegisters.unwrap(self) & ~PLAUSIBLE_FROM_MASK;
    return PackedRegisters.wrap(others | newPlausibleFrom);
}

function unpack(PackedRegisters self) pure returns (Registers memory) {
    return Registers({
        pagination: self.pagination(),
        exportWh: self.exportWh(),
        importWh: self.importWh(),
        authorisedWh: self.authorisedWh(),
        returnedWh: self.returnedWh(),
        plausibleFrom: self.plausibleFrom()
    });
}

/// @dev The inverse of unpack: every field fits its place exactly.
function packRegisters(Registers memory registers) pure returns (PackedRegisters) {
    return PackedRegisters.wrap(
        (uint256(registers.pagination) << 224) | (uint256(registers.exportWh) << 176)
            | (uint256(registers.importWh) << 128) | (uint256(registers.authorisedWh) << 80)
            | (uint256(registers.returnedWh) << 32) | registers.plausibleFrom
    );
}
