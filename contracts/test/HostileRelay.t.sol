// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice What lies between meter and ledger carries bytes that it can drop or delay, never
/// forge.
contract HostileRelayTest is LedgerTest {
    uint256 private constant SECOND_KEY = 0xB0B;

    function setUp() public override {
        super.setUp();
        enrol(SECOND_KEY, enrolmentOf(SECOND_KEY, STRANGER));
        VM.warp(START + 1 days);
    }

    function _flipped(bytes memory signed, uint256 bit) private pure returns (bytes memory) {
        signed[bit / 8] ^= bytes1(uint8(2 ** (bit % 8)));
        return signed;
    }

    function test_hostile_mintsNothingForAnyFlippedBit() public {
        bytes memory signed = sign(METER_KEY, exported(2, 5000));
        for (uint256 bit = 0; bit < 792; ++bit) {
            _flipped(signed, bit);
            ledger.recordBatch(signed);
            try ledger.record(signed) {
                revert NotTrue("alone it reverts");
            } catch {}
            _flipped(signed, bit);
        }
        assertEq(coin.totalSupply(), 0, "nothing is minted");
        assertEq(ledger.registersOf(meter).pagination, 1, "and nothing has changed");
        assertEq(ledger.record(signed), 5, "the reading itself counts");
    }

    function test_fuzz_hostile_mintsNothingForBytesThatNoMeterSigned(bytes memory noise) public {
        try ledger.recordBatch(noise) {} catch {}
        try ledger.record(noise) {} catch {}
        assertEq(coin.totalSupply(), 0, "nothing is minted");
    }

    function test_hostile_mintsNothingOnAnotherChain() public {
        bytes memory signed = sign(METER_KEY, exported(2, 5000));
        VM.chainId(block.chainid + 1);
        ledger.recordBatch(signed);
        assertEq(coin.totalSupply(), 0, "signed for another chain");

        // After a fork, meters sign for the chain that they are on.
        ledger.record(sign(METER_KEY, exported(2, 5000)));
        assertEq(coin.totalSupply(), 5e18, "signed for this one");
    }

    function test_hostile_mintsNothingOnAnotherLedger() public {
        IReadingLedger other = deploy(WH_PER_COIN);
        Enrolment memory enrolment = enrolmentOf(METER_KEY, OWNER);
        bytes memory signature = sign(METER_KEY, enrolment, other.domainSeparator());
        VM.prank(ENROLLER);
        other.enrol(enrolment, signature);
        VM.warp(START + 2 days);

        other.recordBatch(sign(METER_KEY, exported(2, 5000)));
        assertEq(other.mintedOf(meter), 0, "signed for another ledger");
        other.recordBatch(sign(METER_KEY, exported(2, 5000), other.domainSeparator()));
        assertEq(other.mintedOf(meter), 5, "signed for this one");
    }

    function test_hostile_mintsNothingForAnotherMeter() public {
        // A reading names no meter: the signature alone says whose it is.
        bytes memory first = sign(METER_KEY, exported(2, 5000));
        bytes memory second = sign(SECOND_KEY, exported(2, 9000));
        for (uint256 i = 0; i < 35; ++i) {
            (first[i], second[i]) = (second[i], first[i]);
        }
        ledger.recordBatch(bytes.concat(first, second));
        assertEq(coin.totalSupply(), 0, "contents exchanged, signatures kept");
    }

    function test_hostile_losesNothingIf99Of100AreDropped() public {
        bytes memory hundredth;
        for (uint32 i = 1; i <= 100; ++i) {
            hundredth = sign(METER_KEY, exported(1 + i, i * 777));
        }
        assertEq(ledger.record(hundredth), 77, "the hundredth says it all");
    }

    function test_hostile_losesNothingIfReadingsAreDribbled() public {
        uint256 coins;
        for (uint32 i = 1; i <= 100; ++i) {
            coins += ledger.record(sign(METER_KEY, exported(1 + i, i * 777)));
        }
        assertEq(coins, 77, "one at a time");
    }

    function test_hostile_cannotBlockOthersWithAPoisonedReading() public {
        bytes memory poison = new bytes(99 * 3);
        for (uint256 i = 0; i < poison.length; ++i) {
            poison[i] = bytes1(uint8(i * 37 + 1));
        }
        ledger.recordBatch(bytes.concat(poison, sign(METER_KEY, exported(2, 5000)), poison));
        assertEq(coin.balanceOf(OWNER), 5e18, "the good one counts");
    }

    function test_hostile_cannotPassCoinsToItself() public {
        VM.prank(STRANGER);
        ledger.recordBatch(sign(METER_KEY, exported(2, 5000)));
        assertEq(coin.balanceOf(STRANGER), 0, "coins go to the owner");
        assertEq(coin.balanceOf(OWNER), 5e18, "whoever submits");
    }

    function test_hostile_mintsNothingForASecondSignatureOfOneReading() public {
        // ECDSA has many signatures of one digest, all by the meter: still one pagination.
        Reading memory reading = exported(2, 5000);
        ledger.record(sign(METER_KEY, reading));
        reading.status ^= 0x8000;
        ledger.recordBatch(sign(METER_KEY, reading));
        assertEq(coin.totalSupply(), 5e18, "once");
    }
}
