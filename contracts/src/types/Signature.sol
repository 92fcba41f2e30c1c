// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {Curve} from "./Curve.sol";

/// @dev A meter's signature, as the position in calldata at which its bytes begin: 64 on secp256k1,
/// 128 on P-256; see Curve. Whoever makes a Signature checks the length first.
type Signature is uint256;

/// @dev Half the order of secp256k1, rounded down (SEC 2, section 2.4.1): the highest low s.
uint256 constant S_MAX = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

/// @dev EIP-2098 keeps yParity in the top bit of s, which a low s leaves free.
uint256 constant Y_PARITY_MASK = 1 << 255;

using {signer} for Signature global;

/// @dev The signature that `signature` is.
function signatureIn(bytes calldata signature) pure returns (Signature position) {
    assembly ("memory-safe") {
        position := signature.offset
    }
}

/// @dev The address whose key signed `digest`, or zero if there is none or s is high: a second
/// valid form of a signature would be a second reading to whoever counts by bytes.
function signer(Signature self, Curve curve, bytes32 digest) view returns (address) {
    return curve == Curve.P256 ? _signerP256(self, digest) : _signerSecp256k1(self, digest);
}

function _signerSecp256k1(Signature self, bytes32 digest) pure returns (address) {
    uint256 vs = _word(self, 32);
    uint256 s = vs & ~Y_PARITY_MASK;
    if (s > S_MAX) return address(0);

    uint8 v = vs == s ? 27 : 28;
    return ecrecover(digest, v, bytes32(_word(self, 0)), bytes32(s));
}

/// @dev OpenZeppelin's P256 calls P256VERIFY (EIP-7951) at 0x100, computes in Solidity where a
/// chain has none, and refuses a high s and a key that is no point of the curve.
function _signerP256(Signature self, bytes32 digest) view returns (address) {
    bytes32 x = bytes32(_word(self, 64));
    bytes32 y = bytes32(_word(self, 96));
    if (!P256.verify(digest, bytes32(_word(self, 0)), bytes32(_word(self, 32)), x, y)) {
        return address(0);
    }
    return _addressOfKey(self);
}

/// @dev Assembly, because it hashes X and Y where Solidity keeps scratch space for that, and a
/// batch's memory does not grow by them.
function _addressOfKey(Signature self) pure returns (address meter) {
    assembly ("memory-safe") {
        calldatacopy(0x00, add(self, 64), 64)
        meter := and(keccak256(0x00, 64), 0xffffffffffffffffffffffffffffffffffffffff)
    }
}

/// @dev 32 bytes of calldata from `offset` bytes into the signature.
function _word(Signature self, uint256 offset) pure returns (uint256 word) {
    assembly ("memory-safe") {
        word := calldataload(add(self, offset))
    }
}
