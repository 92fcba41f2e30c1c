// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Enrolment} from "../src/types/Enrolment.sol";
import {DigestHarness} from "./DigestHarness.sol";
import {LedgerTest, Reading} from "./LedgerTest.sol";

/// @notice Two Readings and an Enrolment whose digests come from an implementation that knows
/// nothing of Helios: alloy, in forge's eip712HashTypedData and in cast, out of their JSON.
/// tests/firmware can assert the same constants.
///
/// The signatures are cast's, RFC 6979 with the key of EIP-155's example, 32 bytes of 0x46:
///     cast wallet sign --private-key 0x4646... --data '<the JSON below>'
contract VectorsTest is LedgerTest {
    // Local test chains' id, and the first address that anvil's first account deploys to.
    uint256 private constant CHAIN_ID = 31_337;
    address private constant LEDGER = 0x5FbDB2315678afecb367f032d93F642f64180aa3;
    address private constant SIGNER = 0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F;

    bytes32 private constant DOMAIN_SEPARATOR =
        0xe33846170b32233af45f516e3fb134ce36a50c1c8d0e254256cd5df620286e94;
    bytes32 private constant READING_DIGEST =
        0xa0cb3a808d992587fceb61679fdcd8e9e4bcdda2288e7b27e67f945e7b3d8635;
    bytes32 private constant FULL_READING_DIGEST =
        0x322e5288f0517ba73e1403d23bdc1d52114b7cfff0336aa754622db029e13b41;
    bytes32 private constant ENROLMENT_DIGEST =
        0xc95cb7e42c1b3bfb98b3c317727e41687a46a124114a55245f287eacdc4a1d85;

    bytes private constant READING = hex"010203040000013136c4000001dc9acf"
        hex"000001e0a6e0000000001267006955bc84000a"
        hex"733828150c7607718f3390acb9118f7c62e92fc6e3bfb658eb31334a8237ad87"
        hex"2a1bb62236a14870c57e0219993441d162585bee21c7123069fedc03d2792572";
    bytes private constant FULL_READING = hex"ffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffff"
        hex"f7921577d96a0e10195f81850586c8805a9b4cd845834e45387d9e4e1dcc81b2"
        hex"0d5291ec759fa6719f17395204a3637a7cef08eb4a1b20cda66394ded16fc1e2";
    bytes private constant ENROLMENT_SIGNATURE = hex"d781d21c137bacec66826ef2f37b3184"
        hex"1a0421327c55634dfea7a845e4362ed3"
        hex"b2164d516ad8fa6d6258feb93f4ed08bc038adae796e19e0b557c58014e78fb5";

    // The same two digests signed by OpenSSL 3.0 with the P-256 key of RFC 6979, section A.2.5, s
    // brought to its low half, and the public key that the RFC names:
    //     openssl pkeyutl -sign -inkey key.pem -in digest.bin | openssl asn1parse -inform DER
    bytes private constant READING_P256 = hex"010203040000013136c4000001dc9acf"
        hex"000001e0a6e0000000001267006955bc84000a"
        hex"354e1c3d3813f78dd88586d997aee32319444a4a60831c5262a12d7ca0b3e2b4"
        hex"6c693464ce7c2cea0b92d70bda48337e220c528f7f559406cf6ce3fbd3c915f5";
    bytes private constant FULL_READING_P256 = hex"ffffffffffffffffffffffffffffffff"
        hex"ffffffffffffffffffffffffffffffffffffff"
        hex"3b6ce44cddffbb562ea75673cc51b01d90404f1817d07d304fbbaaa1634e62ad"
        hex"61d8c527be8d14233bad3755a5d879b9d1c9b467d937d64789c1540596608da4";
    bytes private constant PUBLIC_KEY_P256 = hex"60fed4ba255a9d31c961eb74c6356d68"
        hex"c049b8923b61fa6ce669622e60f29fb6"
        hex"7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
    // cast keccak of the public key, its last 20 bytes.
    address private constant SIGNER_P256 = 0xDb1cF7C2C5375aeA1B363BD4A67803c7F704051b;

    string private constant TYPES = '{"types":{"EIP712Domain":['
        '{"name":"name","type":"string"},{"name":"version","type":"string"},'
        '{"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],';
    string private constant READING_TYPE = '"Reading":[{"name":"pagination","type":"uint32"},'
        '{"name":"exportWh","type":"uint48"},{"name":"importWh","type":"uint48"},'
        '{"name":"authorisedWh","type":"uint48"},{"name":"returnedWh","type":"uint48"},'
        '{"name":"takenAt","type":"uint40"},{"name":"status","type":"uint16"}]},'
        '"primaryType":"Reading",';
    string private constant ENROLMENT_TYPE = '"Enrolment":[{"name":"meter","type":"address"},'
        '{"name":"owner","type":"address"},{"name":"impulsesPerKwh","type":"uint32"},'
        '{"name":"maxPowerW","type":"uint32"},{"name":"pagination","type":"uint32"},'
        '{"name":"exportWh","type":"uint48"},{"name":"importWh","type":"uint48"},'
        '{"name":"returnedWh","type":"uint48"},{"name":"assurance","type":"uint8"}]},'
        '"primaryType":"Enrolment",';
    string private constant DOMAIN = '"domain":{"name":"Helios","version":"1","chainId":31337,'
        '"verifyingContract":"0x5FbDB2315678afecb367f032d93F642f64180aa3"},';
    string private constant READING_MESSAGE = '"message":{"pagination":16909060,'
        '"exportWh":20002500,"importWh":31234767,"authorisedWh":31500000,"returnedWh":4711,'
        '"takenAt":1767226500,"status":10}}';
    string private constant FULL_READING_MESSAGE = '"message":{"pagination":4294967295,'
        '"exportWh":281474976710655,"importWh":281474976710655,"authorisedWh":281474976710655,'
        '"returnedWh":281474976710655,"takenAt":1099511627775,"status":65535}}';
    string private constant ENROLMENT_MESSAGE = '"message":{"meter":'
        '"0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F",'
        '"owner":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","impulsesPerKwh":1000,'
        '"maxPowerW":17250,"pagination":42,"exportWh":20000500,"importWh":31234567,'
        '"returnedWh":4711,"assurance":1}}';

    DigestHarness private _source;

    function setUp() public override {
        super.setUp();
        _source = new DigestHarness();
    }

    function test_vectors_theDomainSeparatorIsThatOfEip712() public view {
        assertEq(domainOf(CHAIN_ID, LEDGER), DOMAIN_SEPARATOR, "of the vectors");
        assertEq(
            ledger.domainSeparator(), domainOf(block.chainid, address(ledger)), "of the ledger"
        );
    }

    function _checkReading(bytes memory signed, string memory message, bytes32 expected)
        private
        view
    {
        string memory json = string.concat(TYPES, READING_TYPE, DOMAIN, message);
        assertEq(VM.eip712HashTypedData(json), expected, "by alloy");
        (bytes32 digest, address signer) = _source.digestOf(signed, DOMAIN_SEPARATOR);
        assertEq(digest, expected, "by the ledger's source");
        assertEq(signer, SIGNER, "signed by cast");
    }

    function test_vectors_aReadingHasTheDigestThatAlloyComputes() public view {
        _checkReading(READING, READING_MESSAGE, READING_DIGEST);
        _checkReading(FULL_READING, FULL_READING_MESSAGE, FULL_READING_DIGEST);
    }

    function test_vectors_aP256ReadingHasTheSignerThatOpensslSignedFor() public {
        for (uint256 i = 0; i < 2; ++i) {
            _checkReadingP256(READING_P256, READING_DIGEST);
            _checkReadingP256(FULL_READING_P256, FULL_READING_DIGEST);
            // The second time in Solidity, as on a chain without P256VERIFY.
            VM.mockCall(address(0x100), "", "");
        }
    }

    function _checkReadingP256(bytes memory signed, bytes32 expected) private view {
        (bytes32 digest, address signer) =
            _source.digestOf(bytes.concat(signed, PUBLIC_KEY_P256), DOMAIN_SEPARATOR);
        assertEq(digest, expected, "by the ledger's source");
        assertEq(signer, SIGNER_P256, "signed by OpenSSL");
    }

    function test_vectors_anEnrolmentHasTheDigestThatAlloyComputes() public view {
        Enrolment memory enrolment = Enrolment({
            meter: SIGNER,
            owner: 0x70997970C51812dc3A010C7d01b50e0d17dc79C8,
            impulsesPerKwh: 1000,
            maxPowerW: 17_250,
            pagination: 42,
            exportWh: 20_000_500,
            importWh: 31_234_567,
            returnedWh: 4711,
            assurance: 1
        });
        string memory json = string.concat(TYPES, ENROLMENT_TYPE, DOMAIN, ENROLMENT_MESSAGE);
        assertEq(VM.eip712HashTypedData(json), ENROLMENT_DIGEST, "by alloy");

        bytes32 structHash = _source.structHashOf(enrolment);
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR, structHash));
        assertEq(digest, ENROLMENT_DIGEST, "by the ledger's source");
        (bytes32 r, uint256 vs) = abi.decode(ENROLMENT_SIGNATURE, (bytes32, uint256));
        address signer = ecrecover(digest, uint8(27 + (vs >> 255)), r, bytes32(vs << 1 >> 1));
        assertEq(signer, SIGNER, "signed by cast");
    }

    function test_fuzz_vectors_everyReadingHasTheDigestOfPlainSolidity(Reading memory reading)
        public
        view
    {
        bytes memory signed = packed(reading, 0, 0);
        (bytes32 digest,) = _source.digestOf(signed, DOMAIN_SEPARATOR);
        assertEq(digest, digestOf(reading, DOMAIN_SEPARATOR), "abi.encode's");
    }
}
