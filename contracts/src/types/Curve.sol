// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice On which curve a meter's key lies. A meter is an address on either: the last 20 bytes of
/// keccak256 of its public key (X, Y).
enum Curve {
    // Software keys. The signer is recovered.
    Secp256k1,
    // Secure elements. The public key comes along.
    P256
}

/// @dev Length of a signature, bytes: r 32, yParity and s 32 (EIP-2098); or r, s, X and Y, 32 each.
function signatureBytes(Curve self) pure returns (uint256) {
    return self == Curve.P256 ? 128 : 64;
}

using {signatureBytes} for Curve global;
