// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Curve} from "./Curve.sol";
import {PackedRegisters, PLAUSIBLE_FROM_MASK} from "./PackedRegisters.sol";
import {Signature} from "./Signature.sol";

/// @dev A signed reading, as the position in calldata at which its 99 bytes begin, or 163 on P-256.
/// Nothing is copied: every part is read where it lies. Big-endian, in this order: pagination 4,
/// exportWh 6, importWh 6, authorisedWh 6, returnedWh 6, takenAt 5, status 2, then the signature.
///
/// Reading past the end of calldata gives zeros, never a neighbour's bytes: whoever makes a
/// SignedReading checks the length first.
type SignedReading is uint256;

/// @dev Length of a reading without its signature, bytes.
uint256 constant READING_BYTES = 35;

/// @dev keccak256 of the type as EIP-712 spells it.
bytes32 constant READING_TYPEHASH = keccak256(
    "Reading(uint32 pagination,uint48 exportWh,uint48 importWh,uint48 authorisedWh,"
    "uint48 returnedWh,uint40 takenAt,uint16 status)"
);

/// @dev Status bits 0 and 1, and their value when the meter's time is synchronised.
uint256 constant TIME_STATUS_MASK = 3;
uint256 constant TIME_SYNCHRONISED = 2;

using {claimed, takenAt, isTimeSynchronised, digest, signature} for SignedReading global;

/// @dev Length of a signed reading, bytes: 99 on secp256k1, 163 on P-256.
function signedReadingBytes(Curve curve) pure returns (uint256) {
    unchecked {
        return READING_BYTES + curve.signatureBytes();
    }
}

/// @dev The index-th of the readings of `bytesEach` bytes that lie in `packed` one after the other.
/// The caller has checked that `packed` is long enough, so the sum stays within calldata.
function readingAt(bytes calldata packed, uint256 index, uint256 bytesEach)
    pure
    returns (SignedReading reading)
{
    assembly ("memory-safe") {
        reading := add(packed.offset, mul(index, bytesEach))
    }
}

/// @dev The five registers that the meter claims; plausibleFrom, which is not the meter's to say,
/// is 0.
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
///
/// Assembly, because abi.encode would take 288 new bytes of memory for every reading of a batch,
/// and memory costs the square of its size. Writes only past the free memory pointer and leaves
/// the pointer where it is: 256 bytes of typeHash and the seven members, each right-aligned in a
/// word, then over them 66 bytes of 0x1901, domain separator and struct hash.
function digest(SignedReading self, bytes32 domainSeparator) pure returns (bytes32 signedDigest) {
    uint256 head = _word(self, 0);
    uint256 tail = _word(self, 3);
    bytes32 typeHash = READING_TYPEHASH;
    assembly ("memory-safe") {
        let free := mload(0x40)
        mstore(free, typeHash)
        mstore(add(free, 0x20), shr(224, head))
        mstore(add(free, 0x40), and(shr(176, head), 0xffffffffffff))
        mstore(add(free, 0x60), and(shr(128, head), 0xffffffffffff))
        mstore(add(free, 0x80), and(shr(80, head), 0xffffffffffff))
        mstore(add(free, 0xa0), and(shr(32, head), 0xffffffffffff))
        mstore(add(free, 0xc0), and(shr(16, tail), 0xffffffffff))
        mstore(add(free, 0xe0), and(tail, 0xffff))
        let structHash := keccak256(free, 0x100)
        mstore(free, hex"1901")
        mstore(add(free, 0x02), domainSeparator)
        mstore(add(free, 0x22), structHash)
        signedDigest := keccak256(free, 0x42)
    }
}

/// @dev The signature of that digest.
function signature(SignedReading self) pure returns (Signature) {
    unchecked {
        return Signature.wrap(SignedReading.unwrap(self) + READING_BYTES);
    }
}

/// @dev 32 bytes of calldata from `offset` bytes into the reading.
function _word(SignedReading self, uint256 offset) pure returns (uint256 word) {
    assembly ("memory-safe") {
        word := calldataload(add(self, offset))
    }
}
