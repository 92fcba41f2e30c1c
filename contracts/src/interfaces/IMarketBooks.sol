// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Market} from "../types/Market.sol";

/// @title The books of the energy market
/// @notice Which markets there are, and what is credited to whom.
///
/// A market is (token, lotWh, unitsPerTick), made by anyone, for good. Quantities are whole lots
/// of lotWh watt-hours of coin, prices whole ticks, 1 to 1024. So every payment is the exact
/// product lots x ticks x unitsPerTick, and nothing rounds.
///
/// Books are kept per token and never read from balances: coins or tokens that somebody sends to
/// this address without a call belong to nobody.
///
/// Warnings. Anyone makes a market with any token: look at the token's address before trading. A
/// token that takes fees, refuses or lies fails with an error as far as it can be seen; one whose
/// balances change by themselves, or whose issuer takes from this address, leaves credits of that
/// token uncovered. Either hurts only those who trade for that token.
interface IMarketBooks {
    /// @notice A market was made.
    event MarketCreated(
        bytes32 indexed market, address indexed token, uint32 lotWh, uint64 unitsPerTick
    );

    /// @notice This was added to what the account can withdraw.
    /// @param token Of the market; zero: the chain's own coin.
    /// @param coins HEC, in units of 10^-18.
    /// @param money In the token's smallest units.
    event Credited(address indexed token, address indexed account, uint256 coins, uint256 money);

    /// @notice A standing order of the account took this from what it could withdraw.
    event CreditSpent(
        address indexed token, address indexed account, uint256 coins, uint256 money
    );

    /// @notice The account withdrew this.
    event Withdrawn(
        address indexed token,
        address indexed account,
        address indexed to,
        uint256 coins,
        uint256 money
    );

    /// @notice A token has code and is not HEC; zero is the chain's own coin.
    error TokenRefused(address token);

    /// @notice A lot is at least 1 Wh and a tick at least 1 unit of the token.
    error StepsRefused(uint32 lotWh, uint64 unitsPerTick);

    /// @notice Nobody has made this market.
    error MarketUnknown(bytes32 market);

    /// @notice A price is 1 to 1024 ticks.
    error TicksRefused(uint16 ticks);

    /// @notice An order is at least a lot.
    error NoLots();

    /// @notice What arrived is not what was sent: the token takes a fee, or lies.
    error ArrivedDiffers(address token, uint256 sent, uint256 arrived);

    /// @notice The chain's own coin comes with the call in the exact amount; for any other token
    /// none does.
    error ValueDiffers(uint256 needed, uint256 given);

    /// @notice Nothing is paid to zero, the market, the coin, the ledger or Redemptions: it would
    /// be lost there.
    error RecipientRefused(address to);

    /// @notice The account has nothing to withdraw.
    error NothingCredited(address token, address account);

    /// @notice The recipient refuses the chain's own coin: name another.
    error PaymentRefused(address to);

    /// @notice Only the market itself may call this.
    error NotTheMarket(address caller);

    /// @notice Makes a market. One that exists already is no error.
    /// @param token An ERC-20 with code, not HEC; zero: the chain's own coin.
    /// @param lotWh Energy of a lot, Wh, above 0.
    /// @param unitsPerTick Smallest units of the token, above 0.
    /// @return market keccak256 of the three as abi.encode writes them: nobody can give an
    /// identifier that was signed for another meaning, not by a reorganised chain either.
    function createMarket(address token, uint32 lotWh, uint64 unitsPerTick)
        external
        returns (bytes32 market);

    /// @notice Pays all that is credited to the caller, of a token and of the coins that he traded
    /// for it.
    /// @dev Reverts whole if the token cannot be paid: then withdrawCoins pays the coins.
    function withdraw(address token, address to) external returns (uint256 coins, uint256 money);

    /// @notice Pays the coins alone, whatever the token does.
    function withdrawCoins(address token, address to) external returns (uint256 coins);

    /// @notice Moves a token from one account to another, or reverts if it does not arrive in the
    /// exact amount.
    /// @dev Only the market, calling itself, so that whatever a token did in a transfer that
    /// failed is undone.
    function transferExactly(address token, address from, address to, uint256 amount) external;

    /// @notice The three facts of a market; zeros if nobody has made it.
    function marketOf(bytes32 market) external view returns (Market memory);

    /// @notice The identifier that a market with these facts has.
    function marketIdOf(address token, uint32 lotWh, uint64 unitsPerTick)
        external
        pure
        returns (bytes32 market);

    /// @notice What the account can withdraw: coins that it traded for the token, and the token.
    function creditOf(address token, address account)
        external
        view
        returns (uint128 coins, uint128 money);

    /// @notice The ReadingLedger whose coin is traded.
    function ledger() external view returns (address);

    /// @notice The coin: an IHeliosCoin.
    function coin() external view returns (address);

    /// @notice Where standing orders redeem: an IRedemptions.
    function redemptions() external view returns (address);
}
