// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {IMeterDirectory} from "../src/interfaces/IMeterDirectory.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {Enrolment} from "../src/types/Enrolment.sol";
import {MeterState} from "../src/types/MeterState.sol";
import {Registers} from "../src/types/Registers.sol";
import {SkipReason} from "../src/types/SkipReason.sol";
import {HeliosTest} from "./HeliosTest.sol";

/// @notice A reading before it is signed, in plain words: what the tests think in.
struct Reading {
    uint32 pagination;
    uint48 exportWh;
    uint48 importWh;
    uint48 authorisedWh;
    uint48 returnedWh;
    uint40 takenAt;
    uint16 status;
}

/// @notice A ledger with one enrolled meter, and a meter's side of the signatures, written anew
/// and apart from the code under test.
abstract contract LedgerTest is HeliosTest {
    uint48 internal constant WH_PER_COIN = 1000;
    uint32 internal constant MAX_METER_POWER_W = 50_000;
    uint64 internal constant BUDGET_W = 1_000_000_000;
    uint48 internal constant MAX_OPEN_WH = 50_000;
    uint32 internal constant POWER_W = 10_000;
    uint16 internal constant SYNCHRONISED = 2;

    // 900 s, and 360 s for 1000 Wh at 10 kW.
    uint256 internal constant SLACK_S = 1260;
    uint256 internal constant LAG_MAX_S = 30 days;

    // 2026-01-01 00:00 UTC, a whole quarter of an hour.
    uint256 internal constant START = 1_767_225_600;
    uint256 internal constant METER_KEY = 0xA11CE;

    // Order of secp256k1 (SEC 2, section 2.4.1).
    uint256 internal constant SECP256K1_N =
        0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address internal constant ADMIN = address(0xAD);
    address internal constant ENROLLER = address(0xE0);
    address internal constant OWNER = address(0x0E0E);
    address internal constant STRANGER = address(0x5157);

    IReadingLedger internal ledger;
    IERC20 internal coin;
    address internal meter;

    function setUp() public virtual {
        VM.warp(START);
        ledger = deploy(WH_PER_COIN);
        coin = IERC20(ledger.coin());
        meter = VM.addr(METER_KEY);
        enrol(METER_KEY, enrolmentOf(METER_KEY, OWNER));
    }

    /// @dev From the artifact, compiled as it is deployed, and not as tests are.
    function deploy(uint48 whPerCoin) internal returns (IReadingLedger) {
        return deploy(whPerCoin, MAX_OPEN_WH);
    }

    function deploy(uint48 whPerCoin, uint48 maxOpenWh) internal returns (IReadingLedger) {
        bytes memory arguments =
            abi.encode(whPerCoin, MAX_METER_POWER_W, ADMIN, ENROLLER, BUDGET_W, maxOpenWh);
        return IReadingLedger(VM.deployCode("ReadingLedger.sol:ReadingLedger", arguments));
    }

    function enrolmentOf(uint256 key, address owner) internal pure returns (Enrolment memory) {
        return Enrolment({
            meter: VM.addr(key),
            owner: owner,
            impulsesPerKwh: 1000,
            maxPowerW: POWER_W,
            pagination: 1,
            exportWh: 0,
            importWh: 0,
            returnedWh: 0,
            assurance: 0
        });
    }

    function enrol(uint256 key, Enrolment memory enrolment) internal {
        bytes memory signature = sign(key, enrolment);
        VM.prank(ENROLLER);
        ledger.enrol(enrolment, signature);
    }

    /// @dev Enrols another meter of OWNER, which starts at these registers.
    function enrolAt(uint256 key, uint32 pagination, uint48 exportWh) internal {
        Enrolment memory enrolment = enrolmentOf(key, OWNER);
        enrolment.pagination = pagination;
        enrolment.exportWh = exportWh;
        enrol(key, enrolment);
    }

    function giveBudget(address enroller, uint64 budgetW) internal {
        VM.prank(ADMIN);
        ledger.giveBudget(enroller, budgetW);
    }

    function notTheEnroller(address enroller, address caller)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IMeterDirectory.NotTheEnroller.selector, enroller, caller);
    }

    function wrongState(address of_, MeterState state) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.WrongState.selector, of_, state);
    }

    function ownerRefused(address owner) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.OwnerRefused.selector, owner);
    }

    function signerMismatch(address expected, address signer)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(IMeterDirectory.SignerMismatch.selector, expected, signer);
    }

    function lengthError(uint256 given) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMeterDirectory.SignedReadingsLength.selector, given);
    }

    function paginationError(uint32 accepted, uint32 given) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IMeterDirectory.PaginationNotNewer.selector, accepted, given);
    }

    function decreasedError(uint48 accepted, uint48 given) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReadingLedger.RegisterDecreased.selector, accepted, given);
    }

    /// @dev A reading that fed out `exportWh` in all and is else empty.
    function exported(uint32 pagination, uint48 exportWh) internal pure returns (Reading memory) {
        return Reading(pagination, exportWh, 0, 0, 0, uint40(START), SYNCHRONISED);
    }

    function sign(uint256 key, Reading memory reading) internal view returns (bytes memory) {
        return sign(key, reading, ledger.domainSeparator());
    }

    function sign(uint256 key, Reading memory reading, bytes32 domain)
        internal
        pure
        returns (bytes memory)
    {
        (bytes32 r, bytes32 vs) = VM.signCompact(key, digestOf(reading, domain));
        return packed(reading, r, vs);
    }

    function packed(Reading memory reading, bytes32 r, bytes32 vs)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(
            reading.pagination,
            reading.exportWh,
            reading.importWh,
            reading.authorisedWh,
            reading.returnedWh,
            reading.takenAt,
            reading.status,
            r,
            vs
        );
    }

    function sign(uint256 key, Enrolment memory enrolment) internal view returns (bytes memory) {
        return sign(key, enrolment, ledger.domainSeparator());
    }

    function sign(uint256 key, Enrolment memory enrolment, bytes32 domain)
        internal
        pure
        returns (bytes memory)
    {
        (bytes32 r, bytes32 vs) = VM.signCompact(key, digestOf(enrolment, domain));
        return abi.encodePacked(r, vs);
    }

    function digestOf(Reading memory reading, bytes32 domain) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Reading(uint32 pagination,uint48 exportWh,uint48 importWh,uint48 authorisedWh,"
            "uint48 returnedWh,uint40 takenAt,uint16 status)"
        );
        return _digest(domain, keccak256(abi.encode(typeHash, reading)));
    }

    function digestOf(Enrolment memory enrolment, bytes32 domain)
        internal
        pure
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "Enrolment(address meter,address owner,uint32 impulsesPerKwh,uint32 maxPowerW,"
            "uint32 pagination,uint48 exportWh,uint48 importWh,uint48 returnedWh,"
            "uint8 assurance)"
        );
        return _digest(domain, keccak256(abi.encode(typeHash, enrolment)));
    }

    function domainOf(uint256 chainId, address verifier) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
        );
        return
            keccak256(
                abi.encode(typeHash, keccak256("Helios"), keccak256("1"), chainId, verifier)
            );
    }

    function _digest(bytes32 domain, bytes32 structHash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}
