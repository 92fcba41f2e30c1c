// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Registers} from "./Registers.sol";

/// @dev The registers of a meter in one slot, the hot one. From the top: pagination 32,
/// exportWh 48, importWh 48, authorisedWh 48, returnedWh 48, plausibleFrom 32. The upper 224 bits
/// are in the order and width of a signed reading's first 28 bytes, so that a reading becomes a
/// slot without a shift.
type PackedRegisters is uint256;

/// @dev Width and place of plausibleFrom, the part that no meter signs.
uint256 constant PLAUSIBLE_FROM_MASK = type(uint32).max;

/// @dev The top bit of each of the four energy registers.
uint256 constant TOP_BITS = (1 << 223) | (1 << 175) | (1 << 127) | (1 << 79);

using {
    pagination,
    exportWh,
    importWh,
    authorisedWh,
    returnedWh,
    plausibleFrom,
    hasDecreased,
    increaseTo,
    withPagination,
    withPlausibleFrom,
    unpack
} for PackedRegisters global;

/// @dev Counter of signatures. Newer is greater; it never wraps.
function pagination(PackedRegisters self) pure returns (uint32) {
    return uint32(PackedRegisters.unwrap(self) >> 224);
}

/// @dev Energy fed out, Wh, below 2^48: 32,000 years at 1 MW.
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

/// @dev Unix seconds up to which the meter's rated power is used up.
function plausibleFrom(PackedRegisters self) pure returns (uint32) {
    return uint32(PackedRegisters.unwrap(self));
}

/// @dev Whether any energy register of `later` is below that of `self`. All four at once: in a
/// subtraction a - b = d, bit i borrows from bit i + 1 where (~a & b) | (~(a ^ b) & d) is set
/// (Warren, Hacker's Delight, section 2-13), and a register decreased where its top bit borrows.
/// A borrow out of one register reaches the next, so beside a decreased register another may seem
/// decreased too; that none did is exact.
function hasDecreased(PackedRegisters self, PackedRegisters later) pure returns (bool) {
    uint256 a = PackedRegisters.unwrap(later) & ~PLAUSIBLE_FROM_MASK;
    uint256 b = PackedRegisters.unwrap(self) & ~PLAUSIBLE_FROM_MASK;
    unchecked {
        return ((~a & b) | (~(a ^ b) & (a - b))) & TOP_BITS != 0;
    }
}

/// @dev What pagination and registers rose by, each in its place. Exact if none has decreased:
/// then nothing borrows from a neighbour.
function increaseTo(PackedRegisters self, PackedRegisters later) pure returns (PackedRegisters) {
    uint256 a = PackedRegisters.unwrap(later) & ~PLAUSIBLE_FROM_MASK;
    uint256 b = PackedRegisters.unwrap(self) & ~PLAUSIBLE_FROM_MASK;
    unchecked {
        return PackedRegisters.wrap(a - b);
    }
}

/// @dev The same registers under a newer signature: a change of owner.
function withPagination(PackedRegisters self, uint32 newPagination)
    pure
    returns (PackedRegisters)
{
    uint256 others =
        PackedRegisters.unwrap(self) & (type(uint256).max >> 32);
    return PackedRegisters.wrap((uint256(newPagination) << 224) | others);
}

/// @dev The same registers with what the power rule found.
function withPlausibleFrom(PackedRegisters self, uint32 newPlausibleFrom)
    pure
    returns (PackedRegisters)
{
    uint256 others = PackedRegisters.unwrap(self) & ~PLAUSIBLE_FROM_MASK;
    return PackedRegisters.wrap(others | newPlausibleFrom);
}

/// @dev For views: every field by its name.
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
