// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Curve} from "../src/types/Curve.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {Reading} from "./LedgerTest.sol";
import {P256Test} from "./P256Test.sol";

/// @notice Gas of whole transactions: intrinsic gas, calldata and cold slots included. `isolate`
/// runs every call of a test as a transaction of its own, and the snapshot takes the gas of the
/// receipt. Every meter and owner has a reading and coins before, so that its slots are not zero.
/// forge-config: default.isolate = true
contract GasTest is P256Test {
    uint256 private constant METERS = 200;

    // What fits a transaction where a P-256 signature is computed in Solidity (EIP-7825).
    uint256 private constant METERS_IN_SOLIDITY = 50;
    uint256 private constant TRANSACTION_GAS_MAX = 1 << 24;

    /// @dev Enrols `count` meters, each with a first coin, so that slots are warm in DESIGN's
    /// sense.
    function _prepare(uint256 count, bool isOneOwner, Curve curve) private {
        for (uint256 i = 0; i < count; ++i) {
            address owner = isOneOwner ? OWNER : address(uint160(0x10000 + i));
            Enrolment memory enrolment = enrolmentOf(_key(i), owner);
            if (curve == Curve.P256) enrolment = enrolmentOfP256(_key(i), owner);
            // Registers of a meter that has been in use for years: no zero bytes to spare.
            enrolment.pagination = 70_000;
            enrolment.exportWh = 20_000_500;
            enrolment.importWh = 31_234_567;
            bytes memory signature =
                curve == Curve.P256 ? signP256(_key(i), enrolment) : sign(_key(i), enrolment);
            VM.prank(ENROLLER);
            ledger.enrol(enrolment, signature);
        }
        VM.warp(START + 1 days);
        _submit(_batch(count, 1, curve), curve);
    }

    function _submit(bytes memory batch, Curve curve) private {
        if (curve == Curve.P256) ledger.recordBatchP256(batch);
        else ledger.recordBatch(batch);
    }

    function _key(uint256 i) private pure returns (uint256) {
        return 0xBEEF0000 + i;
    }

    function _batch(uint256 count, uint48 coins, Curve curve)
        private
        view
        returns (bytes memory batch)
    {
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
            bytes memory signed =
                curve == Curve.P256 ? signP256(_key(i), reading) : sign(_key(i), reading);
            batch = bytes.concat(batch, signed);
        }
    }

    function _measure(uint256 count, bool isOneOwner, Curve curve, string memory name)
        private
        returns (uint256 gasUsed)
    {
        _prepare(count, isOneOwner, curve);
        bytes memory batch = _batch(count, 2, curve);
        VM.warp(START + 2 days);
        _submit(batch, curve);
        gasUsed =
            VM.snapshotGasLastCall(curve == Curve.P256 ? "recordBatchP256" : "recordBatch", name);
        uint256 key = _key(count - 1);
        address last = curve == Curve.P256 ? addrP256(key) : VM.addr(key);
        assertEq(ledger.mintedOf(last), 2, "every reading mints a coin");
        assertTrue(gasUsed != 0, "measured");
    }

    function _measureRecord(Curve curve, string memory name) private {
        _prepare(1, true, curve);
        bytes memory signed = _batch(1, 2, curve);
        VM.warp(START + 2 days);
        ledger.record(signed);
        VM.snapshotGasLastCall("record", name);
    }

    function test_gas_batchOf200WithOneOwner() public {
        _measure(METERS, true, Curve.Secp256k1, "200 readings, 1 owner");
    }

    function test_gas_batchOf200With200Owners() public {
        _measure(METERS, false, Curve.Secp256k1, "200 readings, 200 owners");
    }

    function test_gas_batchOf1() public {
        _measure(1, true, Curve.Secp256k1, "1 reading");
    }

    function test_gas_record() public {
        _measureRecord(Curve.Secp256k1, "1 reading");
    }

    function test_gas_batchOf200OnP256WithOneOwner() public {
        _measure(METERS, true, Curve.P256, "200 readings, 1 owner");
    }

    function test_gas_batchOf200OnP256With200Owners() public {
        _measure(METERS, false, Curve.P256, "200 readings, 200 owners");
    }

    function test_gas_recordOnP256() public {
        _measureRecord(Curve.P256, "1 reading on P-256");
    }

    function test_gas_recordOnP256InSolidity() public {
        removePrecompile();
        _measureRecord(Curve.P256, "1 reading on P-256, in Solidity");
    }

    function test_gas_batchOnP256InSolidityFitsATransaction() public {
        removePrecompile();
        uint256 gasUsed =
            _measure(METERS_IN_SOLIDITY, false, Curve.P256, "in Solidity, all owners differ");
        assertTrue(gasUsed <= TRANSACTION_GAS_MAX, "within the limit of a transaction");
    }
}
