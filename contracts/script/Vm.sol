// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice The cheat codes of Foundry that the script and the tests use, as forge documents them.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function envExists(string calldata name) external view returns (bool);
    function envUint(string calldata name) external view returns (uint256);
    function envAddress(string calldata name) external view returns (address);
    function envString(string calldata name) external view returns (string memory);
    function startBroadcast() external;
    function stopBroadcast() external;

    function addr(uint256 privateKey) external pure returns (address);
    function sign(uint256 privateKey, bytes32 digest)
        external
        pure
        returns (uint8 v, bytes32 r, bytes32 s);
    function signCompact(uint256 privateKey, bytes32 digest)
        external
        pure
        returns (bytes32 r, bytes32 vs);
    function signP256(uint256 privateKey, bytes32 digest)
        external
        pure
        returns (bytes32 r, bytes32 s);
    function publicKeyP256(uint256 privateKey) external pure returns (uint256 x, uint256 y);
    function eip712HashTypedData(string calldata json) external pure returns (bytes32);

    function getCode(string calldata artifact) external view returns (bytes memory creation);
    function deployCode(string calldata artifact, bytes calldata arguments)
        external
        returns (address deployed);

    function assume(bool condition) external pure;
    function prank(address caller) external;
    function deal(address account, uint256 balance) external;
    function warp(uint256 timestamp) external;
    function chainId(uint256 chainId) external;
    function readLine(string calldata path) external view returns (string memory line);
    function parseBytes(string calldata text) external pure returns (bytes memory);
    function snapshotState() external returns (uint256 snapshot);
    function revertToState(uint256 snapshot) external returns (bool isDone);
    function deleteStateSnapshots() external;
    function mockCall(address callee, bytes calldata input, bytes calldata output) external;
    function clearMockedCalls() external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function expectRevert(bytes calldata revertData) external;
    function expectEmit(address emitter) external;
    function snapshotGasLastCall(string calldata group, string calldata name)
        external
        returns (uint256 gasUsed);
    function toString(uint256 value) external pure returns (string memory);
    function toString(address value) external pure returns (string memory);
    function toString(bytes32 value) external pure returns (string memory);
    function setEnv(string calldata name, string calldata value) external;
}
