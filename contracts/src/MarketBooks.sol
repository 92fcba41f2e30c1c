// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/interfaces/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {
    ReentrancyGuardTransient
} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IMarketBooks} from "./interfaces/IMarketBooks.sol";
import {IReadingLedger} from "./interfaces/IReadingLedger.sol";
import {IRedemptions} from "./interfaces/IRedemptions.sol";
import {Credit} from "./types/Credit.sol";
import {Market} from "./types/Market.sol";

/// @title MarketBooks
/// @notice Markets, credits, and every movement of coins and money. See IMarketBooks.
/// @dev The base of all parts of the market: no other moves coins or money.
abstract contract MarketBooks is IMarketBooks, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @dev Highest price, in ticks; the lowest is 1.
    uint16 internal constant TICKS_MAX = 1024;

    /// @dev Stands for the chain's own coin.
    address private constant OWN_COIN = address(0);

    /// @dev Gas with which a purchase pays a seller in the chain's own coin: enough for a wallet
    /// that logs it, too little to make the buyer's transaction dear.
    uint256 private constant PUSH_GAS = 50_000;

    /// @inheritdoc IMarketBooks
    address public immutable ledger;

    /// @inheritdoc IMarketBooks
    address public immutable coin;

    /// @inheritdoc IMarketBooks
    address public immutable redemptions;

    /// @dev Units of 10^-18 coin that stand for a watt-hour.
    uint256 internal immutable _unitsPerWh;

    /// @inheritdoc IMarketBooks
    mapping(address token => mapping(address account => Credit)) public creditOf;

    mapping(bytes32 market => Market) private _markets;

    constructor(address ledger_) {
        ledger = ledger_;
        coin = IReadingLedger(ledger_).coin();
        redemptions = IReadingLedger(ledger_).redemptions();
        _unitsPerWh = IRedemptions(redemptions).unitsPerWh();
    }

    /// @inheritdoc IMarketBooks
    function createMarket(address token, uint32 lotWh, uint64 unitsPerTick)
        external
        returns (bytes32 market)
    {
        bool isToken = token == OWN_COIN || (token.code.length != 0 && token != coin);
        if (!isToken) revert TokenRefused(token);
        if (lotWh == 0 || unitsPerTick == 0) revert StepsRefused(lotWh, unitsPerTick);

        market = marketIdOf(token, lotWh, unitsPerTick);
        if (_markets[market].lotWh != 0) return market;

        _markets[market] = Market(token, lotWh, unitsPerTick);
        emit MarketCreated(market, token, lotWh, unitsPerTick);
    }

    /// @inheritdoc IMarketBooks
    function withdraw(address token, address to)
        external
        nonReentrant
        returns (uint256 coins, uint256 money)
    {
        _requireRecipient(to);
        Credit memory credit = creditOf[token][msg.sender];
        (coins, money) = (credit.coins, credit.money);
        if (coins == 0 && money == 0) revert NothingCredited(token, msg.sender);

        delete creditOf[token][msg.sender];
        emit Withdrawn(token, msg.sender, to, coins, money);

        if (coins != 0) _pushCoins(to, coins);
        if (money != 0) _pushMoney(token, to, money);
    }

    /// @inheritdoc IMarketBooks
    function withdrawCoins(address token, address to)
        external
        nonReentrant
        returns (uint256 coins)
    {
        _requireRecipient(to);
        coins = creditOf[token][msg.sender].coins;
        if (coins == 0) revert NothingCredited(token, msg.sender);

        creditOf[token][msg.sender].coins = 0;
        emit Withdrawn(token, msg.sender, to, coins, 0);

        _pushCoins(to, coins);
    }

    /// @inheritdoc IMarketBooks
    /// @dev Not behind the lock: it is called within.
    function transferExactly(address token, address from, address to, uint256 amount) external {
        if (msg.sender != address(this)) revert NotTheMarket(msg.sender);

        _transferExactly(token, from, to, amount);
    }

    /// @inheritdoc IMarketBooks
    function marketOf(bytes32 market) external view returns (Market memory) {
        return _markets[market];
    }

    /// @inheritdoc IMarketBooks
    function marketIdOf(address token, uint32 lotWh, uint64 unitsPerTick)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(token, lotWh, unitsPerTick));
    }

    function _knownMarket(bytes32 market) internal view returns (Market memory facts) {
        facts = _markets[market];
        if (facts.lotWh == 0) revert MarketUnknown(market);
    }

    function _requireTicks(uint16 ticks) internal pure {
        if (ticks == 0 || ticks > TICKS_MAX) revert TicksRefused(ticks);
    }

    /// @dev Units of coin that a lot is.
    function _coinsPerLot(Market memory facts) internal view returns (uint256) {
        return facts.lotWh * _unitsPerWh;
    }

    /// @dev Units of the token that a lot costs.
    function _moneyPerLot(Market memory facts, uint16 ticks) internal pure returns (uint256) {
        return uint256(facts.unitsPerTick) * ticks;
    }

    /// @dev Coins that an account has and has approved this contract for.
    function _spendableCoins(address account) internal view returns (uint256) {
        return _spendable(coin, account);
    }

    /// @dev Likewise of a token; nothing of the chain's own coin, which knows no approvals.
    function _spendableMoney(address token, address account) internal view returns (uint256) {
        return token == OWN_COIN ? 0 : _spendable(token, account);
    }

    function _credit(address token, address account, uint256 coins, uint256 money) internal {
        Credit storage credit = creditOf[token][account];
        // Each fits: at most 2^122 of a single order. A sum that does not reverts.
        credit.coins += uint128(coins);
        credit.money += uint128(money);
        emit Credited(token, account, coins, money);
    }

    /// @dev The caller has seen that they are there.
    function _spendCredit(address token, address account, uint256 coins, uint256 money) internal {
        if (coins == 0 && money == 0) return;
        Credit storage credit = creditOf[token][account];
        credit.coins -= uint128(coins);
        credit.money -= uint128(money);
        emit CreditSpent(token, account, coins, money);
    }

    /// @dev The coin is Helios' own: it moves the exact amount or reverts.
    function _moveCoins(address from, address to, uint256 amount) internal {
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        IERC20(coin).transferFrom(from, to, amount);
    }

    /// @dev Takes exactly this of the caller's money, or of the chain's own coin that came with
    /// the call.
    function _takeMoney(address token, uint256 amount) internal {
        _requireValue(token == OWN_COIN ? amount : 0);

        if (token != OWN_COIN) _pullMoney(token, msg.sender, amount);
    }

    function _pullMoney(address token, address from, uint256 amount) internal {
        _transferExactly(token, from, address(this), amount);
    }

    /// @dev Pays a seller from the caller's money, at once or, if that fails, to his credit. The
    /// caller gets back what he sent in excess of the chain's own coin.
    function _payFromCaller(address token, address to, uint256 amount) internal {
        if (token != OWN_COIN) {
            _requireValue(0);
            try this.transferExactly(token, msg.sender, to, amount) {}
            catch {
                _pullMoney(token, msg.sender, amount);
                _credit(token, to, 0, amount);
            }
            return;
        }

        if (!_sendOwnCoin(to, amount, PUSH_GAS)) _credit(token, to, 0, amount);
        uint256 rest = msg.value - amount;
        if (rest != 0 && !_sendOwnCoin(msg.sender, rest, PUSH_GAS)) {
            _credit(token, msg.sender, 0, rest);
        }
    }

    function _requireValue(uint256 needed) private view {
        if (msg.value != needed) revert ValueDiffers(needed, msg.value);
    }

    function _requireRecipient(address to) private view {
        bool isOwn = to == address(this) || to == coin || to == ledger || to == redemptions;
        if (isOwn || to == address(0)) revert RecipientRefused(to);
    }

    function _pushCoins(address to, uint256 amount) private {
        // forge-lint: disable-next-line(erc20-unchecked-transfer)
        IERC20(coin).transfer(to, amount);
    }

    function _pushMoney(address token, address to, uint256 amount) private {
        if (token != OWN_COIN) IERC20(token).safeTransfer(to, amount);
        else if (!_sendOwnCoin(to, amount, gasleft())) revert PaymentRefused(to);
    }

    /// @dev What the recipient returns is not copied: it could be made to cost the caller's gas.
    function _sendOwnCoin(address to, uint256 amount, uint256 gas_)
        private
        returns (bool isSent)
    {
        assembly ("memory-safe") {
            isSent := call(gas_, to, amount, 0, 0, 0, 0)
        }
    }

    function _transferExactly(address token, address from, address to, uint256 amount) private {
        uint256 balance = IERC20(token).balanceOf(to);
        IERC20(token).safeTransferFrom(from, to, amount);
        uint256 balanceAfter = IERC20(token).balanceOf(to);

        uint256 arrived = balanceAfter > balance ? balanceAfter - balance : 0;
        if (arrived != amount) revert ArrivedDiffers(token, amount, arrived);
    }

    function _spendable(address token, address account) private view returns (uint256) {
        uint256 allowance = IERC20(token).allowance(account, address(this));
        uint256 balance = IERC20(token).balanceOf(account);
        return allowance < balance ? allowance : balance;
    }
}
