// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {P256Test} from "./P256Test.sol";

/// @notice enrol and acceptMeter with 128 bytes: r, s, X, Y.
contract EnrolP256Test is P256Test {
    uint256 private constant KEY = 0xBEE;

    function _expect(bytes memory reason, bytes memory signature) private {
        VM.prank(ENROLLER);
        VM.expectRevert(reason);
        ledger.enrol(enrolmentOfP256(KEY, OWNER), signature);
    }

    function test_enrol_revertsIfAP256SignatureIsNot128Bytes() public {
        bytes memory signature = signP256(KEY, enrolmentOfP256(KEY, OWNER));
        _expect(
            abi.encodeWithSelector(IMeterDirectory.SignatureLength.selector, 129),
            bytes.concat(signature, hex"00")
        );
        assembly {
            mstore(signature, 127)
        }
        _expect(abi.encodeWithSelector(IMeterDirectory.SignatureLength.selector, 127), signature);
    }

    function test_enrol_revertsIfAnotherP256KeySigned() public {
        _expect(
            signerMismatch(addrP256(KEY), addrP256(7)), signP256(7, enrolmentOfP256(KEY, OWNER))
        );
    }

    function test_enrol_revertsIfSOfAP256SignatureIsHigh() public {
        (bytes32 r, uint256 s, uint256 x, uint256 y) = abi.decode(
            signP256(KEY, enrolmentOfP256(KEY, OWNER)), (bytes32, uint256, uint256, uint256)
        );
        _expect(signerMismatch(addrP256(KEY), address(0)), abi.encode(r, P256_N - s, x, y));
        _expect(signerMismatch(addrP256(KEY), address(0)), abi.encode(r, s, x, y + 1));
    }

    function test_enrol_revertsIfEitherCurveSignsForTheOthersMeter() public {
        _expect(
            signerMismatch(addrP256(KEY), VM.addr(KEY)), sign(KEY, enrolmentOfP256(KEY, OWNER))
        );
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes memory signature = signP256(KEY, enrolment);
        VM.prank(ENROLLER);
        VM.expectRevert(signerMismatch(VM.addr(KEY), addrP256(KEY)));
        ledger.enrol(enrolment, signature);
    }

    function test_enrol_admitsAP256MeterWithAndWithoutThePrecompile() public {
        enrolP256(KEY, OWNER);
        assertEq(ledger.ownerOf(addrP256(KEY)), OWNER, "by the precompile");
        removePrecompile();
        enrolP256(7, STRANGER);
        assertEq(ledger.ownerOf(addrP256(7)), STRANGER, "by Solidity");
    }

    function test_acceptMeter_takesTheSignatureOfAP256Meter() public {
        VM.prank(OWNER);
        ledger.offerMeter(element, STRANGER);
        Enrolment memory enrolment = enrolmentOfP256(ELEMENT_KEY, STRANGER);
        enrolment.pagination = 2;
        bytes memory signature = signP256(ELEMENT_KEY, enrolment);
        VM.prank(STRANGER);
        ledger.acceptMeter(enrolment, signature);
        assertEq(ledger.ownerOf(element), STRANGER, "the new owner");
    }
}
