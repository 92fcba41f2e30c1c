// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC1363} from "@openzeppelin/contracts/interfaces/IERC1363.sol";
import {IRedemptions} from "../src/interfaces/IRedemptions.sol";

/// @notice A contract that owns a meter, or is sent coins, and uses the moment in which the coin
/// calls it: it redeems, settles, sends the same coins on, refuses, or answers nonsense.
contract HostileReceiver {
    enum Mood {
        Redeem,
        TransferAndCall,
        PlainTransfer,
        Settle,
        ClaimAnotherArrival,
        Refuse,
        AnswerNonsense
    }

    IERC1363 private immutable COIN;
    IRedemptions private immutable REDEMPTIONS;
    Mood public mood;
    address public meter;
    bool public isClaimRefused;

    constructor(IERC1363 coin, IRedemptions redemptions) {
        COIN = coin;
        REDEMPTIONS = redemptions;
        coin.approve(address(redemptions), type(uint256).max);
    }

    function prepare(Mood mood_, address meter_) external {
        (mood, meter) = (mood_, meter_);
        if (REDEMPTIONS.defaultMeterOf(address(this)) != meter_) {
            REDEMPTIONS.nameDefaultMeter(meter_);
        }
    }

    function onTransferReceived(address, address, uint256 amount, bytes calldata)
        external
        returns (bytes4)
    {
        if (mood == Mood.Refuse) revert();
        if (mood == Mood.AnswerNonsense) return 0xdeadbeef;
        if (mood == Mood.Redeem) REDEMPTIONS.redeem(meter, amount);
        if (mood == Mood.PlainTransfer) _sendOn(amount);
        if (mood == Mood.TransferAndCall) {
            COIN.transferAndCall(address(REDEMPTIONS), amount, abi.encode(meter));
        }
        if (mood == Mood.Settle) REDEMPTIONS.settle(meter);
        if (mood == Mood.ClaimAnotherArrival) _claim(amount);
        return this.onTransferReceived.selector;
    }

    /// @dev Redeems once and says twice more that the coins have arrived.
    function _claim(uint256 amount) private {
        _sendOn(amount);
        try REDEMPTIONS.onTransfer(address(this)) {}
        catch {
            isClaimRefused = true;
        }
        (bool isDone,) = address(REDEMPTIONS)
            .call(
                abi.encodeCall(
                    this.onTransferReceived,
                    (address(this), address(this), amount, abi.encode(meter))
                )
            );
        isClaimRefused = isClaimRefused && !isDone;
    }

    function _sendOn(uint256 amount) private {
        if (!COIN.transfer(address(REDEMPTIONS), amount)) revert();
    }
}
