// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

contract AcceptMeterTest is LedgerTest {
    address private constant BUYER = address(0xB1);

    /// @dev A meter in use, offered to BUYER.
    function setUp() public override {
        super.setUp();
        VM.warp(START + 1 days);
        ledger.record(sign(METER_KEY, Reading(5, 1500, 600, 0, 70, 0, 0)));
        VM.prank(OWNER);
        ledger.offerMeter(meter, BUYER);
    }

    function _enrolment() private view returns (Enrolment memory) {
        return Enrolment(meter, BUYER, 1000, POWER_W, 6, 1500, 600, 70, 0);
    }

    function _expect(bytes memory reason, Enrolment memory enrolment) private {
        bytes memory signature = sign(METER_KEY, enrolment);
        VM.expectRevert(reason);
        VM.prank(BUYER);
        ledger.acceptMeter(enrolment, signature);
        assertEq(ledger.ownerOf(meter), OWNER, "the owner stays");
    }

    function _accept() private {
        bytes memory signature = sign(METER_KEY, _enrolment());
        VM.prank(BUYER);
        ledger.acceptMeter(_enrolment(), signature);
    }

    function test_acceptMeter_revertsIfNotOfferedToCaller() public {
        bytes memory signature = sign(METER_KEY, _enrolment());
        VM.expectRevert(
            abi.encodeWithSelector(IMeterDirectory.MeterNotOffered.selector, BUYER, STRANGER)
        );
        VM.prank(STRANGER);
        ledger.acceptMeter(_enrolment(), signature);
    }

    function test_acceptMeter_revertsIfTheOfferWasTakenBack() public {
        VM.prank(OWNER);
        ledger.offerMeter(meter, address(0));
        _expect(
            abi.encodeWithSelector(IMeterDirectory.MeterNotOffered.selector, address(0), BUYER),
            _enrolment()
        );
    }

    function test_acceptMeter_revertsIfTheMeterNamesAnotherOwner() public {
        Enrolment memory enrolment = _enrolment();
        enrolment.owner = STRANGER;
        _expect(
            abi.encodeWithSelector(IMeterDirectory.NotTheOwner.selector, STRANGER, BUYER),
            enrolment
        );
    }

    function test_acceptMeter_revertsIfMeterIsNotActive() public {
        VM.prank(ENROLLER);
        ledger.suspend(meter);
        _expect(wrongState(meter, MeterState.Suspended), _enrolment());
        VM.prank(ENROLLER);
        ledger.revoke(meter);
        _expect(wrongState(meter, MeterState.Closing), _enrolment());
    }

    function test_acceptMeter_revertsIfNewOwnerIsOneOfHeliosContracts() public {
        address[4] memory refused =
            [address(0), address(ledger), address(coin), ledger.redemptions()];
        for (uint256 i = 0; i < 4; ++i) {
            VM.prank(OWNER);
            ledger.offerMeter(meter, refused[i]);
            Enrolment memory enrolment = _enrolment();
            enrolment.owner = refused[i];
            bytes memory signature = sign(METER_KEY, enrolment);
            VM.expectRevert(ownerRefused(refused[i]));
            VM.prank(refused[i]);
            ledger.acceptMeter(enrolment, signature);
        }
    }

    function test_acceptMeter_revertsIfWhatWasAdmittedDiffers() public {
        Enrolment memory enrolment = _enrolment();
        enrolment.impulsesPerKwh = 1001;
        _expect(_differs(1000, 1001), enrolment);
        enrolment = _enrolment();
        enrolment.maxPowerW = POWER_W + 1;
        _expect(_differs(POWER_W, POWER_W + 1), enrolment);
        enrolment = _enrolment();
        enrolment.assurance = 2;
        _expect(_differs(0, 2), enrolment);
    }

    function test_acceptMeter_revertsIfPaginationIsNotNewer() public {
        Enrolment memory enrolment = _enrolment();
        enrolment.pagination = 5;
        _expect(paginationError(5, 5), enrolment);
    }

    function test_acceptMeter_revertsIfARegisterDiffers() public {
        Enrolment memory enrolment = _enrolment();
        enrolment.exportWh = 1501;
        _expect(_registerDiffers(1500, 1501), enrolment);
        enrolment = _enrolment();
        enrolment.importWh = 599;
        _expect(_registerDiffers(600, 599), enrolment);
        enrolment = _enrolment();
        enrolment.returnedWh = 71;
        _expect(_registerDiffers(70, 71), enrolment);
    }

    function test_acceptMeter_revertsIfAnotherKeySigned() public {
        bytes memory signature = sign(7, _enrolment());
        VM.expectRevert(signerMismatch(meter, VM.addr(7)));
        VM.prank(BUYER);
        ledger.acceptMeter(_enrolment(), signature);
    }

    function test_acceptMeter_makesTheCallerOwner() public {
        bytes memory signature = sign(METER_KEY, _enrolment());
        VM.expectEmit(address(ledger));
        emit IMeterDirectory.MeterAccepted(meter, OWNER, BUYER, 6);
        VM.prank(BUYER);
        ledger.acceptMeter(_enrolment(), signature);

        assertEq(ledger.ownerOf(meter), BUYER, "owner");
        assertEq(ledger.offeredTo(meter), address(0), "the offer is used up");
        assertEq(ledger.registersOf(meter).pagination, 6, "pagination");
        assertEq(ledger.registersOf(meter).exportWh, 1500, "exportWh stays");
        assertEq(ledger.enrolmentOf(meter).pagination, 1, "the first enrolment stays");
        assertEq(ledger.enrolmentOf(meter).enroller, ENROLLER, "and its enroller");
    }

    function test_acceptMeter_cannotBeRepeated() public {
        _accept();
        _expectAfter(
            abi.encodeWithSelector(IMeterDirectory.MeterNotOffered.selector, address(0), BUYER)
        );
    }

    function _expectAfter(bytes memory reason) private {
        bytes memory signature = sign(METER_KEY, _enrolment());
        VM.expectRevert(reason);
        VM.prank(BUYER);
        ledger.acceptMeter(_enrolment(), signature);
    }

    function test_acceptMeter_keepsThePartOfACoinForTheNewOwner() public {
        _accept();
        assertEq(ledger.record(sign(METER_KEY, Reading(7, 2000, 600, 0, 70, 0, 0))), 1, "a coin");
        assertEq(coin.balanceOf(OWNER), 1e18, "the first is the old owner's");
        assertEq(coin.balanceOf(BUYER), 1e18, "the second, begun by both, the new one's");
        assertEq(ledger.mintedOf(meter), 2, "counted over both");
    }

    function _differs(uint256 enrolled, uint256 given) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.EnrolmentDiffers.selector, enrolled, given);
    }

    function _registerDiffers(uint48 accepted, uint48 given) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.RegisterDiffers.selector, accepted, given);
    }
}
