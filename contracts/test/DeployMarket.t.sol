// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IEnergyMarket} from "../src/interfaces/IEnergyMarket.sol";
import {LedgerTest} from "./LedgerTest.sol";

/// @notice What script/DeployMarket.s.sol runs; an interface, so that tests need not compile what
/// it deploys.
interface IDeployMarket {
    function run() external returns (address market);
}

/// @notice One test: environment variables are of the whole process.
contract DeployMarketTest is LedgerTest {
    IDeployMarket private script;

    function test_deployMarket_saysWhatIsWrongOrDeploysOverTheLedger() public {
        script = IDeployMarket(VM.deployCode("DeployMarket.s.sol:DeployMarket", ""));
        VM.setEnv("HELIOS_LEDGER", VM.toString(address(0)));
        _refuses("HELIOS_LEDGER is not set: name the ReadingLedger whose coin is to be traded.");
        VM.setEnv("HELIOS_LEDGER", "0x12");
        _refuses("HELIOS_LEDGER is no address: write 0x and 40 hex digits.");
        _refusesAddress(
            STRANGER,
            "HELIOS_LEDGER: there is no contract at ",
            ": name the ReadingLedger, and with --rpc-url the chain that it is on."
        );
        bytes memory arguments = abi.encode(address(ledger), uint32(900));
        address another = VM.deployCode("EnergyMarket.sol:EnergyMarket", arguments);
        address[3] memory mistaken = [address(coin), ledger.redemptions(), another];
        for (uint256 i = 0; i < 3; ++i) {
            _refusesAddress(
                mistaken[i],
                "HELIOS_LEDGER: the contract at ",
                " is no ReadingLedger: name the first of the addresses that Deploy.s.sol printed."
            );
        }

        VM.setEnv("HELIOS_LEDGER", VM.toString(address(ledger)));
        VM.setEnv("HELIOS_AUCTION_PERIOD_S", "15 min");
        _refuses("HELIOS_AUCTION_PERIOD_S is no whole number: write it in digits, or unset it.");
        _refusesPeriod("0");
        _refusesPeriod("86401");
        // Truncated to 32 bits it would be 900.
        _refusesPeriod("4294968196");

        VM.setEnv("HELIOS_AUCTION_PERIOD_S", "86400");
        IEnergyMarket market = IEnergyMarket(script.run());
        assertEq(market.periodS(), 86_400, "period");
        assertEq(market.ledger(), address(ledger), "ledger");
        assertEq(market.coin(), address(coin), "coin");
        assertEq(market.redemptions(), ledger.redemptions(), "redemptions");
    }

    function _refusesAddress(address given, string memory before, string memory after_) private {
        string memory written = VM.toString(given);
        VM.setEnv("HELIOS_LEDGER", written);
        _refuses(string.concat(before, written, after_));
    }

    function _refusesPeriod(string memory periodS) private {
        VM.setEnv("HELIOS_AUCTION_PERIOD_S", periodS);
        _refuses(
            string.concat(
                "HELIOS_AUCTION_PERIOD_S is ",
                periodS,
                ": an auction lasts 1 to 86400 seconds; name one of these."
            )
        );
    }

    function _refuses(string memory sentence) private {
        VM.expectRevert(abi.encodeWithSignature("Error(string)", sentence));
        script.run();
    }
}
