// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EnergyMarket} from "../src/EnergyMarket.sol";
import {IHeliosCoin} from "../src/interfaces/IHeliosCoin.sol";
import {IReadingLedger} from "../src/interfaces/IReadingLedger.sol";
import {DeployScript} from "./DeployScript.sol";

/// @notice Deploys an energy market for the coin of a ledger that is there already. Parameters are
/// environment variables:
///     HELIOS_LEDGER              the ReadingLedger
///     HELIOS_AUCTION_PERIOD_S    how long an auction lasts, s: 1 to 86,400 (900)
/// @dev Mistakes are sentences, not custom errors: a person reads them.
contract DeployMarket is DeployScript {
    function run() external returns (address market) {
        address ledger = _account("HELIOS_LEDGER", address(0));
        uint256 periodS = _number("HELIOS_AUCTION_PERIOD_S", 900);
        _requireLedger(ledger);
        _requirePeriod(periodS);

        VM.startBroadcast();
        market = address(new EnergyMarket(ledger, uint32(periodS)));
        VM.stopBroadcast();
    }

    /// @dev Redemptions and other markets name a coin too. Its ledger is the one that mints it.
    function _requireLedger(address ledger) private view {
        string memory given = VM.toString(ledger);
        require(
            ledger != address(0),
            "HELIOS_LEDGER is not set: name the ReadingLedger whose coin is to be traded."
        );
        require(
            ledger.code.length != 0,
            string.concat(
                "HELIOS_LEDGER: there is no contract at ",
                given,
                ": name the ReadingLedger, and with --rpc-url the chain that it is on."
            )
        );
        require(
            _namedBy(_namedBy(ledger, IReadingLedger.coin.selector), IHeliosCoin.ledger.selector)
                == ledger,
            string.concat(
                "HELIOS_LEDGER: the contract at ",
                given,
                " is no ReadingLedger: name the first of the addresses that Deploy.s.sol printed."
            )
        );
    }

    function _requirePeriod(uint256 periodS) private pure {
        require(
            periodS != 0 && periodS <= 1 days,
            string.concat(
                "HELIOS_AUCTION_PERIOD_S is ",
                VM.toString(periodS),
                ": an auction lasts 1 to 86400 seconds; name one of these."
            )
        );
    }

    /// @dev Zero if the contract has no answer, or is none.
    function _namedBy(address contract_, bytes4 question) private view returns (address named) {
        (bool hasAnswered, bytes memory answer) =
            contract_.staticcall(abi.encodeWithSelector(question));
        if (hasAnswered && answer.length == 32) {
            named = address(uint160(uint256(bytes32(answer))));
        }
    }
}
