// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Enrolment} from "../src/types/Enrolment.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice Gas of whole transactions: intrinsic gas, calldata and cold slots included. `isolate`
/// runs every call of a test as a transaction of its own, and the snapshot takes the gas of the
/// receipt. Every meter and owner has a reading and coins before, so that its slots are not zero.
/// forge-config: default.isolate = true
contract GasTest is LedgerTest {
    uint256 private constant METERS = 200;

    /// @dev Enrols `count` meters, each with a first coin, so that slots are warm in DESIGN's
    /// sense.
    function _prepare(uint256 count, bool isOneOwner) private {
        for (uint256 i = 0; i < count; ++i) {
            address owner = isOneOwner ? OWNER : address(uint160(0x10000 + i));
            Enrolment memory enrolment = enrolmentOf(_key(i), owner);
            // Registers of a meter that has been in use for years: no zero bytes to spare.
            enrolment.pagination = 70_000;
            enrolment.exportWh = 20_000_500;
            enrolment.importWh = 31_234_567;
            enrol(_key(i), enrolment);
        }
        VM.warp(START + 1 days);
        ledger.recordBatch(_batch(count, 1));
    }

    function _key(uint256 i) private pure returns (uint256) {
        return 0xBEEF0000 + i;
    }

    function _batch(uint256 count, uint48 coins) private view returns (bytes memory batch) {
        for (uint256 i = 0; i < count; ++i) {
            Reading memory reading = Reading({
                pagination: 70_000 + uint32(coins),
                exportWh: 20_000_500 + coins * WH_PER_COIN,
                importWh: 31_234_567 + coins * 100,
                authorisedWh: 31_500_000,
                returnedWh: 0,
                takenAt: uint40(START + coins * 1 days),
                status: SYNCHRONISED
            });
            batch = bytes.concat(batch, sign(_key(i), reading));
        }
    }

    function _measure(uint256 count, bool isOneOwner, string memory name) private {
        _prepare(count, isOneOwner);
        bytes memory batch = _batch(count, 2);
        VM.warp(START + 2 days);
        ledger.recordBatch(batch);
        uint256 gasUsed = VM.snapshotGasLastCall("recordBatch", name);
        assertEq(ledger.mintedOf(VM.addr(_key(count - 1))), 2, "every reading mints a coin");
        if (gasUsed == 0) revert();
    }

    function test_gas_batchOf200WithOneOwner() public {
        _measure(METERS, true, "200 readings, 1 owner");
    }

    function test_gas_batchOf200With200Owners() public {
        _measure(METERS, false, "200 readings, 200 owners");
    }

    function test_gas_batchOf1() public {
        _measure(1, true, "1 reading");
    }

    function test_gas_record() public {
        _prepare(1, true);
        bytes memory signed = _batch(1, 2);
        VM.warp(START + 2 days);
        ledger.record(signed);
        VM.snapshotGasLastCall("record", "1 reading");
    }
}
