// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PackedRegisters, PLAUSIBLE_FROM_MASK} from "./PackedRegisters.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @dev A signed reading, as the position in calldata at which its 99 bytes begin. Nothing is copied:
/// every part is read where it lies. Big-endian, in this order: pagination 4, exportWh 6, importWh 6,
/// authorisedWh 6, returnedWh 6, takenAt 5, status 2, r 32, yParity and s 32 (EIP-2098).
///
/// Reading past the end of calldata gives zeros, never a neighbour's bytes: whoever makes a
/// SignedReading checks the length first.
type SignedReading is uint256;

/// @dev Length of a signed reading, bytes.
uint256 constant SIGNED_READING_BYTES = 99;

/// @dev keccak256 of the type as EIP-712 spells it.
bytes32 constant READING_TYPEHASH = keccak256(
    "Reading(uint32 pagination,uint48 exportWh,uint48 importWh,uint48 authorisedWh,"
    "uint48 returnedWh,uint40 takenAt,uint16 status)"
);

/// @dev Status bits 0 and 1, and their value when the meter's time is synchronised.
uint256 constant TIME_STATUS_MASK = 3;
uint256 constant TIME_SYNCHRONISED = 2;

using {claimed, takenAt, isTimeSynchronised, digest, signer} for SignedReading global;

/// @dev The index-th of the readings that lie in `packed` one after the other. The caller has checked
/// that `packed` is long enough, so the sum stays within calldata.
function readingAt(bytes calldata packed, uint256 index) pure returns (SignedReading) {
    uint256 position;
    assembly ("memory-safe") {
        position := packed.offset
    }
    unchecked {
        return SignedReading.wrap(position + index * SIGNED_READING_BYTES);
    }
}

/// @dev The five registers that the meter claims; plausibleFrom, which is not the meter's to say, is 0.
function claimed(SignedReading self) pure returns (PackedRegisters) {
    return PackedRegisters.wrap(_word(self, 0) & ~PLAUSIBLE_FROM_MASK);
}

/// @dev Unix seconds as the meter believes them: bytes 28 to 32.
function takenAt(SignedReading self) pure returns (uint40) {
    return uint40(_word(self, 3) >> 16);
}

/// @dev Whether the meter says that takenAt is synchronised: status is bytes 33 and 34.
function isTimeSynchronised(SignedReading self) pure returns (bool) {
    return _word(self, 3) & TIME_STATUS_MASK == TIME_SYNCHRONISED;
}

/// @dev What the meter signed: the EIP-712 digest within the domain of a ledger.
function digest(SignedReading self, bytes32 domainSeparator) pure returns (bytes32) {
    PackedRegisters registers = self.claimed();
    bytes32 structHash = keccak256(
        abi.encode(
            READING_TYPEHASH,
            registers.pagination(),
            registers.exportWh(),
            registers.importWh(),
            registers.authorisedWh(),
            registers.returnedWh(),
            self.takenAt(),
            uint16(_word(self, 3))
        )
    );
    return MessageHashUtils.toTypedDataHash(domainSeparator, structHash);
}

/// @dev The address whose key signed `signedDigest`, or zero if there is none or s is high: a second
/// valid form of a signature would be a second reading to whoever counts by bytes.
function signer(SignedReading self, bytes32 signedDigest) pure returns (address recovered) {
    (recovered,,) =
        ECDSA.tryRecover(signedDigest, bytes32(_word(self, 35)), bytes32(_word(self, 67)));
}

/// @dev 32 bytes of calldata from `offset` bytes into the reading.
function _word(SignedReading self, uint256 offset) pure returns (uint256 word) {
    assembly ("memory-safe") {
        word := calldataload(add(self, offset))
    }
}
