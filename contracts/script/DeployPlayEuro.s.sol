// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {DeployScript} from "./DeployScript.sol";
import {PlayEuro} from "./PlayEuro.sol";

/// @notice Deploys money to play with, on a development chain; no parameters.
contract DeployPlayEuro is DeployScript {
    /// @dev The chain id that anvil and Hardhat share.
    uint256 private constant DEVELOPMENT_CHAIN = 31337;

    function run() external returns (address token) {
        require(
            block.chainid == DEVELOPMENT_CHAIN,
            "PlayEuro is money that anyone makes: deploy it on a development chain, 31337."
        );

        VM.startBroadcast();
        token = address(new PlayEuro());
        VM.stopBroadcast();
    }
}
