// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Enrolment} from "../src/types/Enrolment.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice A ledger with a second meter whose key lies on P-256, as in a secure element. forge
/// signs with RustCrypto's p256, which knows nothing of the code under test.
abstract contract P256Test is LedgerTest {
    uint256 internal constant ELEMENT_KEY = 0xE1E;
    uint48 internal constant MONTH_WH = 29 * 24 * 10_000;

    // Order of P-256 and of its field (SP 800-186, section 3.2.1.3).
    uint256 internal constant P256_N =
        0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;
    uint256 internal constant P256_P =
        0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff;

    address internal element;

    function setUp() public virtual override {
        super.setUp();
        element = addrP256(ELEMENT_KEY);
        enrolP256(ELEMENT_KEY, OWNER);
    }

    /// @dev A chain without EIP-7951: whatever is asked of 0x100, it answers nothing.
    function removePrecompile() internal {
        VM.mockCall(address(0x100), "", "");
        assertEq(_answer().length, 0, "nothing answers");
    }

    function requirePrecompile() internal view {
        assertEq(_answer().length, 32, "P256VERIFY answers");
    }

    function addrP256(uint256 key) internal pure returns (address) {
        (uint256 x, uint256 y) = VM.publicKeyP256(key);
        return address(uint160(uint256(keccak256(abi.encodePacked(x, y)))));
    }

    function enrolmentOfP256(uint256 key, address owner)
        internal
        pure
        returns (Enrolment memory enrolment)
    {
        enrolment = enrolmentOf(key, owner);
        enrolment.meter = addrP256(key);
        enrolment.assurance = 2;
    }

    function enrolP256(uint256 key, address owner) internal {
        Enrolment memory enrolment = enrolmentOfP256(key, owner);
        bytes memory signature = signP256(key, enrolment);
        VM.prank(ENROLLER);
        ledger.enrol(enrolment, signature);
    }

    function signP256(uint256 key, Reading memory reading) internal view returns (bytes memory) {
        bytes memory signature = signP256(key, digestOf(reading, ledger.domainSeparator()));
        return packed(reading, signature);
    }

    function signP256(uint256 key, Enrolment memory enrolment)
        internal
        view
        returns (bytes memory)
    {
        return signP256(key, digestOf(enrolment, ledger.domainSeparator()));
    }

    /// @dev r, s, X, Y, with s low: RustCrypto leaves it as it falls.
    function signP256(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = VM.signP256(key, digest);
        (uint256 x, uint256 y) = VM.publicKeyP256(key);
        uint256 lowS = uint256(s) > P256_N / 2 ? P256_N - uint256(s) : uint256(s);
        return abi.encodePacked(r, lowS, x, y);
    }

    function packed(Reading memory reading, bytes memory signature)
        internal
        pure
        returns (bytes memory)
    {
        bytes memory unsigned = packed(reading, 0, 0);
        assembly {
            mstore(unsigned, 35)
        }
        return bytes.concat(unsigned, signature);
    }

    /// @dev The same signature with one of its four words, r, s, X, Y, replaced.
    function withWord(bytes memory signed, uint256 word, uint256 value)
        internal
        pure
        returns (bytes memory changed)
    {
        changed = bytes.concat(signed, "");
        assembly {
            mstore(add(add(changed, 0x20), add(35, mul(word, 0x20))), value)
        }
    }

    function wordOf(bytes memory signed, uint256 word) internal pure returns (uint256 value) {
        assembly {
            value := mload(add(add(signed, 0x20), add(35, mul(word, 0x20))))
        }
    }

    /// @dev What 0x100 answers to a valid signature: P256VERIFY reads digest, r, s, X, Y.
    function _answer() private view returns (bytes memory answer) {
        bytes32 digest = keccak256("any");
        bool isDone;
        (isDone, answer) =
            address(0x100).staticcall(bytes.concat(digest, signP256(ELEMENT_KEY, digest)));
        assertTrue(isDone, "a call to a precompile or to nobody");
    }
}
