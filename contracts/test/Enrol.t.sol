// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnrollers} from "../src/interfaces/IEnrollers.sol";
import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {EnrolmentRecord} from "../src/types/EnrolmentRecord.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {LedgerTest} from "./LedgerTest.sol";

contract EnrolTest is LedgerTest {
    uint256 private constant KEY = 0xBEE;

    function _expect(bytes memory reason, Enrolment memory enrolment) private {
        _expect(reason, enrolment, sign(KEY, enrolment));
    }

    function _expect(bytes memory reason, Enrolment memory enrolment, bytes memory signature)
        private
    {
        VM.prank(ENROLLER);
        VM.expectRevert(reason);
        ledger.enrol(enrolment, signature);
    }

    function test_enrol_revertsIfCallerHasNoBudget() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes memory signature = sign(KEY, enrolment);
        VM.prank(STRANGER);
        VM.expectRevert(abi.encodeWithSelector(IEnrollers.BudgetExceeded.selector, 0, POWER_W));
        ledger.enrol(enrolment, signature);
    }

    function test_enrol_revertsIfBudgetIsExceeded() public {
        VM.prank(ADMIN);
        ledger.giveBudget(ENROLLER, 2 * POWER_W);
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.maxPowerW = POWER_W + 1;
        _expect(
            abi.encodeWithSelector(
                IEnrollers.BudgetExceeded.selector, 2 * POWER_W, 2 * POWER_W + 1
            ),
            enrolment
        );

        enrolment.maxPowerW = POWER_W;
        enrol(KEY, enrolment);
        (uint64 budgetW, uint64 enrolledW) = ledger.budgetOf(ENROLLER);
        assertEq(budgetW, 2 * POWER_W, "the budget stays");
        assertEq(enrolledW, 2 * POWER_W, "and is used up to the last watt");
    }

    function test_enrol_revertsIfMeterWasEnrolledBefore() public {
        Enrolment memory enrolment = enrolmentOf(METER_KEY, STRANGER);
        bytes memory signature = sign(METER_KEY, enrolment);
        _expect(wrongState(meter, MeterState.Active), enrolment, signature);

        VM.prank(ENROLLER);
        ledger.revoke(meter);
        _expect(wrongState(meter, MeterState.Closing), enrolment, signature);
    }

    function test_enrol_revertsIfRatedPowerIsZero() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.maxPowerW = 0;
        _expect(_powerRefused(0), enrolment);
    }

    function test_enrol_revertsIfRatedPowerIsAboveTheDeploymentsHighest() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.maxPowerW = MAX_METER_POWER_W + 1;
        _expect(_powerRefused(MAX_METER_POWER_W + 1), enrolment);
        enrolment.maxPowerW = MAX_METER_POWER_W;
        enrol(KEY, enrolment);
    }

    function test_enrol_revertsIfImpulseConstantIsZero() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.impulsesPerKwh = 0;
        _expect(abi.encodeWithSelector(IMeterDirectory.ImpulseConstantZero.selector), enrolment);
    }

    function test_enrol_revertsIfAssuranceIsUnknown() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        enrolment.assurance = 3;
        _expect(abi.encodeWithSelector(IMeterDirectory.AssuranceUnknown.selector, 3), enrolment);
        enrolment.assurance = 2;
        enrol(KEY, enrolment);
        assertEq(ledger.assuranceOf(enrolment.meter), 2, "the highest is known");
    }

    function test_enrol_revertsIfOwnerIsZeroOrOneOfHeliosContracts() public {
        address[4] memory refused =
            [address(0), address(ledger), address(coin), ledger.redemptions()];
        for (uint256 i = 0; i < 4; ++i) {
            _expect(ownerRefused(refused[i]), enrolmentOf(KEY, refused[i]));
        }
    }

    function test_enrol_revertsIfSignatureIsNot64Bytes() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes memory reason = abi.encodeWithSelector(IMeterDirectory.SignatureLength.selector, 65);
        _expect(reason, enrolment, bytes.concat(sign(KEY, enrolment), hex"1b"));
        reason = abi.encodeWithSelector(IMeterDirectory.SignatureLength.selector, 0);
        _expect(reason, enrolment, "");
    }

    function test_enrol_revertsIfAnotherKeySigned() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        _expect(signerMismatch(VM.addr(KEY), VM.addr(7)), enrolment, sign(7, enrolment));
    }

    function test_enrol_revertsIfSIsHighOrNobodySigned() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes memory signature = abi.encode(1, SECP256K1_N / 2 + 1);
        _expect(signerMismatch(VM.addr(KEY), address(0)), enrolment, signature);
        signature = abi.encode(0, 1);
        _expect(signerMismatch(VM.addr(KEY), address(0)), enrolment, signature);

        enrolment.meter = address(0);
        _expect(signerMismatch(address(0), address(0)), enrolment, signature);
    }

    function test_enrol_revertsIfSignedForAnotherLedgerOrChain() public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes32[2] memory domains =
            [domainOf(block.chainid, address(coin)), domainOf(1, address(ledger))];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory signature = sign(KEY, enrolment, domains[i]);
            bytes32 digest = digestOf(enrolment, ledger.domainSeparator());
            _expect(
                signerMismatch(VM.addr(KEY), _signerOf(digest, signature)), enrolment, signature
            );
        }
    }

    function test_fuzz_enrol_bindsEveryFieldOfTheEnrolment(uint256 field, uint256 change) public {
        Enrolment memory enrolment = enrolmentOf(KEY, OWNER);
        bytes memory signature = sign(KEY, enrolment);
        _change(enrolment, field % 8, change);
        bytes32 digest = digestOf(enrolment, ledger.domainSeparator());

        VM.assume(digest != digestOf(enrolmentOf(KEY, OWNER), ledger.domainSeparator()));
        _expect(signerMismatch(VM.addr(KEY), _signerOf(digest, signature)), enrolment, signature);
    }

    function _change(Enrolment memory enrolment, uint256 field, uint256 change) private pure {
        if (field == 0) enrolment.owner = address(uint160(bound(change, 1, type(uint96).max)));
        if (field == 1) enrolment.impulsesPerKwh = uint32(bound(change, 1, 1e6));
        if (field == 2) enrolment.maxPowerW = uint32(bound(change, 1, MAX_METER_POWER_W));
        if (field == 3) enrolment.pagination = uint32(change);
        if (field == 4) enrolment.exportWh = uint48(change);
        if (field == 5) enrolment.importWh = uint48(change);
        if (field == 6) enrolment.returnedWh = uint48(change);
        if (field == 7) enrolment.assurance = uint8(bound(change, 0, 2));
    }

    function test_enrol_startsTheMeterAtItsRegisters() public {
        Enrolment memory enrolment = Enrolment({
            meter: VM.addr(KEY),
            owner: STRANGER,
            impulsesPerKwh: 800,
            maxPowerW: 12_000,
            pagination: 77,
            exportWh: 5555,
            importWh: 6666,
            returnedWh: 7777,
            assurance: 1
        });
        bytes memory signature = sign(KEY, enrolment);
        VM.warp(START + 5);
        VM.prank(ENROLLER);
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterEnrolled(
            VM.addr(KEY), STRANGER, ENROLLER, 800, 12_000, 77, 5555, 6666, 7777, 1
        );
        ledger.enrol(enrolment, signature);

        assertEq(ledger.ownerOf(VM.addr(KEY)), STRANGER, "owner");
        assertTrue(ledger.stateOf(VM.addr(KEY)) == MeterState.Active, "state");
        assertEq(ledger.assuranceOf(VM.addr(KEY)), 1, "assurance");
        assertEq(ledger.maxPowerWOf(VM.addr(KEY)), 12_000, "maxPowerW");
        assertEq(ledger.mintedOf(VM.addr(KEY)), 0, "nothing is minted for energy before");
        _checkRegisters(ledger.registersOf(VM.addr(KEY)));
        _checkRecord(ledger.enrolmentOf(VM.addr(KEY)));
    }

    function _checkRegisters(Registers memory registers) private pure {
        assertEq(registers.pagination, 77, "pagination");
        assertEq(registers.exportWh, 5555, "exportWh");
        assertEq(registers.importWh, 6666, "importWh");
        assertEq(registers.authorisedWh, 0, "authorisedWh is not in an Enrolment");
        assertEq(registers.returnedWh, 7777, "returnedWh");
        assertEq(registers.plausibleFrom, START + 5, "plausibleFrom");
    }

    function _checkRecord(EnrolmentRecord memory enrolment) private pure {
        assertEq(enrolment.exportWh, 5555, "exportWh");
        assertEq(enrolment.importWh, 6666, "importWh");
        assertEq(enrolment.returnedWh, 7777, "returnedWh");
        assertEq(enrolment.closedExportWh, 0, "closedExportWh");
        assertEq(enrolment.pagination, 77, "pagination");
        assertEq(enrolment.impulsesPerKwh, 800, "impulsesPerKwh");
        assertEq(enrolment.enroller, ENROLLER, "enroller");
    }

    function test_fuzz_enrol_startsOnAWholeCoin(uint48 exportWh) public {
        exportWh = uint48(bound(exportWh, 0, type(uint48).max - 1000));
        enrolAt(KEY, 1, exportWh);
        VM.warp(START + 1 days);
        assertEq(ledger.record(sign(KEY, exported(2, exportWh + 999))), 0, "999 Wh: no coin");
        assertEq(ledger.record(sign(KEY, exported(3, exportWh + 1000))), 1, "1000 Wh: a coin");
    }

    function _powerRefused(uint32 given) private pure returns (bytes memory) {
        return abi.encodeWithSelector(
            IMeterDirectory.RatedPowerRefused.selector, MAX_METER_POWER_W, given
        );
    }

    function _signerOf(bytes32 digest, bytes memory signature) private pure returns (address) {
        (bytes32 r, uint256 vs) = abi.decode(signature, (bytes32, uint256));
        return ecrecover(digest, uint8(27 + (vs >> 255)), r, bytes32(vs << 1 >> 1));
    }
}
