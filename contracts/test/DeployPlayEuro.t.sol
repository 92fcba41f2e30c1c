// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {PlayEuro} from "../script/PlayEuro.sol";
import {HeliosTest} from "./HeliosTest.sol";

/// @notice What script/DeployPlayEuro.s.sol runs.
interface IDeployPlayEuro {
    function run() external returns (address token);
}

contract DeployPlayEuroTest is HeliosTest {
    function test_deployPlayEuro_revertsOnAnyOtherChain() public {
        IDeployPlayEuro script =
            IDeployPlayEuro(VM.deployCode("DeployPlayEuro.s.sol:DeployPlayEuro", ""));
        VM.chainId(1);
        VM.expectRevert(
            "PlayEuro is money that anyone makes: deploy it on a development chain, 31337."
        );
        script.run();
    }

    function test_deployPlayEuro_isMoneyThatAnyoneMakes() public {
        IDeployPlayEuro script =
            IDeployPlayEuro(VM.deployCode("DeployPlayEuro.s.sol:DeployPlayEuro", ""));
        PlayEuro token = PlayEuro(script.run());
        token.issue(address(0xB0B), 1_000_000);
        assertEq(token.balanceOf(address(0xB0B)), 1_000_000, "issued");
        assertEq(token.decimals(), 6, "as euro tokens");
    }
}
