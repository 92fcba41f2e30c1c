// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {SkipReason} from "../src/types/SkipReason.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract CheckTest is LedgerTest {
    function test_check_revertsIfLengthIsNot99() public {
        VM.expectRevert(lengthError(98));
        ledger.check(new bytes(98));
    }

    function test_check_saysThatAReadingCounts() public view {
        _checks(sign(METER_KEY, exported(2, 3500)), meter, SkipReason.None, START);
    }

    function test_check_saysWhyAReadingDoesNotCount() public {
        _checks(new bytes(99), address(0), SkipReason.SignatureInvalid, 0);
        _checks(sign(7, exported(2, 0)), VM.addr(7), SkipReason.MeterNotEnrolled, 0);
        _checks(sign(METER_KEY, exported(1, 0)), meter, SkipReason.PaginationNotNewer, 0);
        _checks(
            sign(METER_KEY, exported(2, 4000)), meter, SkipReason.NotYetPlausible, START + 180
        );
        ledger.record(sign(METER_KEY, exported(2, 1)));
        _checks(sign(METER_KEY, exported(3, 0)), meter, SkipReason.RegisterDecreased, 0);
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        _checks(sign(METER_KEY, exported(3, 1)), meter, SkipReason.MeterNotAccepting, 0);
    }

    function _checks(bytes memory signed, address signer, SkipReason reason, uint256 earliest)
        private
        view
    {
        (address actualSigner, SkipReason actual, uint256 actualEarliest) = ledger.check(signed);
        assertEq(actualSigner, signer, "signer");
        assertEq(uint256(actual), uint256(reason), "reason");
        assertEq(actualEarliest, earliest, "earliest");
    }
}
