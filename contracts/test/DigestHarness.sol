// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Curve} from "../src/types/Curve.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {SignedReading, readingAt} from "../src/types/SignedReading.sol";

/// @notice Lets a test call the source's own hashing, which works on calldata.
contract DigestHarness {
    function digestOf(bytes calldata signedReading, bytes32 domain)
        external
        view
        returns (bytes32 digest, address signer)
    {
        Curve curve = signedReading.length == 99 ? Curve.Secp256k1 : Curve.P256;
        SignedReading reading = readingAt(signedReading, 0, 0);
        digest = reading.digest(domain);
        signer = reading.signature().signer(curve, digest);
    }

    function structHashOf(Enrolment calldata enrolment) external pure returns (bytes32) {
        return enrolment.structHashOf();
    }
}
