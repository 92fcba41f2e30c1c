// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice What a meter signs to be enrolled, or to pass to a new owner.
/// @param meter Last 20 bytes of keccak256 of the meter's public key.
/// @param owner Who gets the coins; the meter consents by signing.
/// @param impulsesPerKwh Impulse constant, as printed on the kWh meter.
/// @param maxPowerW Rated power of the connection, W: the fuse plus at least 10 %.
/// @param pagination Counter of this signature; readings must be newer.
/// @param exportWh Export register at this moment, Wh. What was fed out before is never minted.
/// @param importWh Import register at this moment, Wh.
/// @param returnedWh Returned register at this moment, Wh.
/// @param assurance How the key is kept: 0 software, 1 encrypted flash with secure boot, 2 secure
/// element.
struct Enrolment {
    address meter;
    address owner;
    uint32 impulsesPerKwh;
    uint32 maxPowerW;
    uint32 pagination;
    uint48 exportWh;
    uint48 importWh;
    uint48 returnedWh;
    uint8 assurance;
}

/// @dev keccak256 of the type as EIP-712 spells it.
bytes32 constant ENROLMENT_TYPEHASH = keccak256(
    "Enrolment(address meter,address owner,uint32 impulsesPerKwh,uint32 maxPowerW,"
    "uint32 pagination,uint48 exportWh,uint48 importWh,uint48 returnedWh,uint8 assurance)"
);

/// @dev EIP-712 struct hash. The struct's members are all single words, so that abi.encode of the
/// struct is EIP-712's encodeData.
function structHashOf(Enrolment calldata enrolment) pure returns (bytes32) {
    return keccak256(abi.encode(ENROLMENT_TYPEHASH, enrolment));
}

using {structHashOf} for Enrolment global;
