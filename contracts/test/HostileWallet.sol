// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

/// @notice A contract that sells and buys, and is in a mood when the chain's own coin arrives.
contract HostileWallet {
    enum Mood {
        Takes,
        Refuses,
        BurnsGas,
        ReturnsMuch,
        CallsBack
    }

    Mood public mood;
    bool public isSigner = true;
    bool public hasCallBackSucceeded;
    address private _target;
    bytes private _call;

    error Refused();

    receive() external payable {
        if (mood == Mood.Refuses) revert Refused();
        while (mood == Mood.BurnsGas) {}
        if (mood == Mood.ReturnsMuch) {
            assembly {
                return(0, 10000000)
            }
        }
        if (mood == Mood.CallsBack) (hasCallBackSucceeded,) = _target.call(_call);
    }

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    function setCall(address target, bytes calldata call) external {
        (mood, _target, _call) = (Mood.CallsBack, target, call);
    }

    function setSigner(bool isSigner_) external {
        isSigner = isSigner_;
    }

    /// @notice ERC-1271.
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return isSigner ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}
