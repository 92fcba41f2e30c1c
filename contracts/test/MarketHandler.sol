// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {Auction} from "../src/types/Auction.sol";
import {Offer} from "../src/types/Offer.sol";
import {Registers} from "../src/types/Registers.sol";
import {StandingSale} from "../src/types/StandingSale.sol";
import {HostileToken} from "./HostileToken.sol";
import {HostileWallet} from "./HostileWallet.sol";
import {StandingOrdersTest} from "./StandingOrdersTest.sol";

/// @notice What the invariants let happen to a market: four traders, one of them a contract in a
/// mood, in three markets, one of them for a token in a mood; standing orders beside them; coins
/// and tokens that are sent without a call. Keeps books of its own, from what it asks for and not
/// from the market's books.
contract MarketHandler is StandingOrdersTest {
    uint256 internal constant MARKETS = 3;
    uint256 internal constant TRADERS = 5;
    uint48 internal constant KEEP_WH = 20_000;
    uint48 internal constant DAILY_WH = 6000;

    struct Placed {
        uint256 which;
        uint32 period;
        uint256 number;
        address owner;
        bool isBid;
        uint16 ticks;
        uint48 lots;
    }

    struct Bought {
        uint256 day;
        uint256 number;
        uint48 lots;
    }

    HostileToken public bad;
    HostileWallet public wallet;
    bytes32[3] internal _markets;
    address[3] internal _tokens;
    address[5] internal _traders;

    /// @notice Coins in units; money of each market's token in its units.
    uint256 public coinsIn;
    uint256 public coinsOut;
    uint256 public coinsDonated;
    uint256[3] public moneyIn;
    uint256[3] public moneyOut;
    uint256 public tokensDonated;
    mapping(uint256 which => mapping(uint32 period => uint256)) internal _coinsEscrowed;
    mapping(uint256 which => mapping(uint32 period => uint256)) internal _moneyEscrowed;
    mapping(uint256 which => mapping(uint32 period => uint256)) internal _unsettled;
    mapping(uint256 which => mapping(uint32 period => bytes32)) internal _results;
    uint256 public coinsEscrowed;
    uint256[3] public moneyEscrowed;
    Placed[] internal _placed;
    mapping(uint256 number => uint48) private _filled;
    uint256 private _saleMarket;
    uint256 private _lastSale;
    Bought[] private _standingBids;

    /// @notice Things that must never happen.
    uint256 public limitsBroken;
    uint256 public resultsChanged;
    uint256 public periodsUneven;
    uint256 public ordersOutOfTime;
    uint256 public honestCallsRefused;
    uint256 public standingOrdersDoubled;
    uint256 public daysExceeded;
    uint256 public panics;
    /// @notice So that a run which trades nothing is seen.
    uint256 public lotsMoved;

    function setUp() public virtual override {
        super.setUp();
        (bad, wallet) = (new HostileToken(), new HostileWallet());
        _tokens = [address(token), address(0), address(bad)];
        _markets =
            [market, ownCoinMarket, energy.createMarket(address(bad), LOT_WH, UNITS_PER_TICK)];
        _traders = [seller, BUYER, FRIEND, address(wallet), OWNER];
        for (uint256 i = 0; i < TRADERS; ++i) {
            outfit(_traders[i]);
            bad.give(_traders[i], 1e12);
            VM.prank(_traders[i]);
            bad.approve(address(energy), type(uint256).max);
        }
        approveMarketAsPayer();
        makeSale();
        makePurchase(KEEP_WH, DAILY_WH);
        _armCallBacks();
    }

    /// @dev What anyone may call, and what the wallet may for itself, out of the middle of another
    /// call.
    function _armCallBacks() private {
        bytes[] memory calls = new bytes[](3);
        calls[0] = abi.encodeCall(energy.triggerSale, (meter));
        calls[1] = abi.encodeCall(energy.triggerPurchase, (consumer));
        calls[2] = abi.encodeCall(energy.redeemBought, (consumer));
        bad.setCalls(address(energy), calls);
        bad.setMood(HostileToken.Mood.Plain);
        wallet.setCall(
            address(energy), abi.encodeCall(energy.withdraw, (address(0), address(wallet)))
        );
        wallet.setMood(HostileWallet.Mood.Takes);
    }

    // ---- what happens ----

    function wait_(uint256 seconds_) external {
        VM.warp(block.timestamp + bound(seconds_, 1, 2 * PERIOD_S));
    }

    function placeBid(uint256 who, uint256 which, uint48 lots, uint256 ticks) public {
        (who, which) = (who % TRADERS, which % MARKETS);
        lots = uint48(bound(lots, 1, 1000));
        uint16 limit = _limit(ticks);
        uint32 period = energy.currentPeriod();
        uint256 money = uint256(lots) * limit * UNITS_PER_TICK;
        VM.prank(_traders[who]);
        try energy.bid{value: which == 1 ? money : 0}(
            _markets[which], period, lots, limit
        ) returns (
            uint256 number
        ) {
            moneyIn[which] += money;
            _note(Placed(which, period, number, _traders[who], true, limit, lots));
        } catch {
            if (which == 0) ++honestCallsRefused;
        }
    }

    function placeAsk(uint256 who, uint256 which, uint48 lots, uint256 ticks) public {
        (who, which) = (who % TRADERS, which % MARKETS);
        lots = uint48(bound(lots, 1, 20));
        uint16 limit = _limit(ticks);
        uint32 period = energy.currentPeriod();
        if (coin.balanceOf(_traders[who]) < lots * LOT) return;
        VM.prank(_traders[who]);
        uint256 number = energy.ask(_markets[which], period, lots, limit);
        coinsIn += lots * LOT;
        _note(Placed(which, period, number, _traders[who], false, limit, lots));
    }

    /// @notice Single lots, all over the book.
    function flood(uint256 who, uint256 which, uint256 ticks) external {
        for (uint256 i = 0; i < 12; ++i) {
            if (i % 2 == 0) placeBid(who, which, 1, ticks >> i);
            else placeAsk(who, which, 1, ticks >> i);
        }
    }

    /// @notice Names a period that is not on.
    function placeOutOfTime(uint256 which, uint32 off) external {
        which %= MARKETS;
        uint32 period = energy.currentPeriod();
        period = off % 2 == 0 ? period + 1 + off % 5 : period - 1 - off % 5;
        VM.prank(seller);
        try energy.ask(_markets[which], period, 1, 1) {
            ++ordersOutOfTime;
        } catch {}
    }

    function clearSome(uint256 index, uint256 levels) external {
        if (_placed.length == 0) return;
        Placed memory one = _placed[index % _placed.length];
        _clear(one.which, one.period, bound(levels, 1, 2048));
    }

    function settleOne(uint256 index) external {
        if (_placed.length == 0) return;
        index %= _placed.length;
        Placed memory one = _placed[index];
        bool isCleared = energy.auctionOf(_markets[one.which], one.period).isCleared;
        if (isCleared) _settle(index);
    }

    function withdraw(uint256 who, uint256 which, bool isCoinsAlone) external {
        _withdraw(_traders[who % TRADERS], which % MARKETS, isCoinsAlone);
    }

    function buy(uint256 from, uint256 who, uint256 which, uint48 lots, uint256 salt) external {
        (who, which) = (who % TRADERS, which % MARKETS);
        address from_ = from % 2 == 0 ? seller : address(wallet);
        Offer memory given = offer();
        (given.seller, given.market, given.salt) = (from_, _markets[which], salt % 8);
        given.lots = 30;
        lots = uint48(bound(lots, 1, 40));
        bytes memory signature = signOffer(SELLER_KEY, given);
        uint256 heldBefore = _creditedMoney(which);
        uint256 value = which == 1 ? lots * 300 * uint256(UNITS_PER_TICK) : 0;
        VM.prank(_traders[who]);
        try energy.buy{value: value}(given, signature, lots, 0, 300, type(uint40).max) {
            // What could not be pushed.
            moneyIn[which] += _creditedMoney(which) - heldBefore;
        } catch {}
    }

    function setMoods(uint256 ofToken, uint256 ofWallet) external {
        bad.setMood(HostileToken.Mood(ofToken % 10));
        wallet.setMood(HostileWallet.Mood(ofWallet % 5));
    }

    function rebase(uint256 amount) external {
        uint256 held = bad.heldBy(address(energy));
        if (held != 0) bad.take(address(energy), amount % held);
    }

    function donate(uint256 amount) external {
        amount = bound(amount, 1, 1e6);
        give(address(energy), amount);
        token.give(address(energy), amount);
        (coinsDonated, tokensDonated) = (coinsDonated + amount, tokensDonated + amount);
    }

    function earnSome(uint48 wh) external {
        Registers memory last = ledger.registersOf(meter);
        VM.warp(block.timestamp + 1 hours);
        earn(last.exportWh + uint48(bound(wh, 1, 5000)));
    }

    function consumeSome(uint48 wh) external {
        uint48 openWh = uint48(redemptions.openWh(consumer));
        uint48 usedWh = ledger.registersOf(consumer).importWh - IMPORT_WH;
        VM.warp(block.timestamp + 1 hours);
        if (openWh != 0) used(usedWh + uint48(bound(wh, 1, openWh)), 0);
    }

    function triggerSale() external {
        _settleClearedOf(OWNER);
        uint256 coinsBefore = coin.balanceOf(OWNER);
        try energy.triggerSale(meter) returns (uint256 number) {
            StandingSale memory sale = energy.saleOf(meter);
            uint256 which = _saleMarket;
            if (_lastSale != 0 && !_isCleared(which, _lastSale)) ++standingOrdersDoubled;
            _lastSale = number;
            coinsIn += coinsBefore - coin.balanceOf(OWNER);
            uint32 period = energy.currentPeriod();
            _note(Placed(which, period, number, OWNER, false, SALE_TICKS, sale.orderLots));
        } catch (bytes memory why) {
            _noPanic(why);
        }
    }

    function triggerPurchase() external {
        _settleClearedOf(OWNER);
        uint256 moneyBefore = token.balanceOf(OWNER);
        try energy.triggerPurchase(consumer) returns (uint256 number) {
            uint48 lots = energy.purchaseOf(consumer).orderLots;
            _checkDay(number, lots);
            moneyIn[0] += moneyBefore - token.balanceOf(OWNER);
            uint32 period = energy.currentPeriod();
            _note(Placed(0, period, number, OWNER, true, PURCHASE_TICKS, lots));
        } catch (bytes memory why) {
            _noPanic(why);
        }
    }

    /// @notice The owner ends his standing orders or makes them anew, the sale also in another
    /// market, whatever is in an auction.
    function remake(uint256 how) external {
        _settleClearedOf(OWNER);
        if (how % 2 != 0 && energy.saleOf(meter).ticks != 0) {
            VM.prank(OWNER);
            energy.endStandingSale(meter);
        }
        if (how % 3 != 0 && energy.purchaseOf(consumer).ticks != 0) {
            VM.prank(OWNER);
            energy.endStandingPurchase(consumer);
        }
        if (how % 5 != 0) _remakeSale(how % 11 == 0 ? how % MARKETS : _saleMarket);
        if (how % 7 != 0) makePurchase(KEEP_WH, DAILY_WH);
    }

    function _remakeSale(uint256 which) private {
        VM.prank(OWNER);
        try energy.makeStandingSale(meter, _markets[which], SALE_TICKS) {
            if (which != _saleMarket) (_saleMarket, _lastSale) = (which, 0);
        } catch (bytes memory why) {
            _noPanic(why);
        }
    }

    /// @dev A refusal is an error by its name; arithmetic that does not hold would block for good.
    function _noPanic(bytes memory why) private {
        if (bytes4(why) == bytes4(keccak256("Panic(uint256)"))) ++panics;
    }

    function redeem() external {
        _settleClearedOf(OWNER);
        try energy.redeemBought(consumer) returns (uint256 amount) {
            coinsOut += amount;
        } catch (bytes memory why) {
            _noPanic(why);
        }
    }

    // ---- books ----

    /// @dev Mostly close to one another, so that they trade; at times anywhere.
    function _limit(uint256 ticks) private pure returns (uint16) {
        return uint16(ticks % 4 == 0 ? bound(ticks >> 2, 1, 1024) : 95 + (ticks >> 2) % 12);
    }

    function _note(Placed memory one) private {
        if (one.isBid) {
            uint256 money = uint256(one.lots) * one.ticks * UNITS_PER_TICK;
            _moneyEscrowed[one.which][one.period] += money;
            moneyEscrowed[one.which] += money;
        } else {
            _coinsEscrowed[one.which][one.period] += one.lots * LOT;
            coinsEscrowed += one.lots * LOT;
        }
        ++_unsettled[one.which][one.period];
        _placed.push(one);
    }

    function _isCleared(uint256 which, uint256 number) private view returns (bool) {
        return energy.auctionOf(_markets[which], uint32(number >> 72)).isCleared;
    }

    /// @dev Of the purchase's orders one is live, and what they bought and bid for in a day is
    /// within its limit.
    function _checkDay(uint256 number, uint48 lots) private {
        uint256 day = block.timestamp / 1 days;
        uint256 lotsOfDay = lots;
        for (uint256 i = 0; i < _standingBids.length; ++i) {
            Bought memory one = _standingBids[i];
            bool isLive = !_isCleared(0, one.number);
            if (isLive) ++standingOrdersDoubled;
            if (one.day == day) lotsOfDay += isLive ? one.lots : _filled[one.number];
        }
        _standingBids.push(Bought(day, number, lots));
        if (lotsOfDay * LOT_WH > DAILY_WH) ++daysExceeded;
    }

    function _clear(uint256 which, uint32 period, uint256 levels) internal {
        if (period >= energy.currentPeriod()) return;
        if (!energy.clear(_markets[which], period, levels)) return;
        bytes32 result = keccak256(abi.encode(energy.auctionOf(_markets[which], period)));
        bytes32 before = _results[which][period];
        if (before != 0 && before != result) ++resultsChanged;
        _results[which][period] = result;
    }

    function _settle(uint256 index) internal {
        Placed memory one = _placed[index];
        _placed[index] = _placed[_placed.length - 1];
        _placed.pop();
        address paidIn = _tokens[one.which];
        (uint256 coinsBefore, uint256 moneyBefore) = energy.creditOf(paidIn, one.owner);
        uint256 filled = energy.settleOrder(_markets[one.which], one.number);
        (uint256 coinsAfter, uint256 moneyAfter) = energy.creditOf(paidIn, one.owner);
        (uint256 coins, uint256 money) = (coinsAfter - coinsBefore, moneyAfter - moneyBefore);
        lotsMoved += filled;
        if (one.which == 0) _filled[one.number] = uint48(filled);
        _checkLimit(one, filled, coins, money);

        _coinsEscrowed[one.which][one.period] -= coins;
        coinsEscrowed -= coins;
        _moneyEscrowed[one.which][one.period] -= money;
        moneyEscrowed[one.which] -= money;
        if (--_unsettled[one.which][one.period] == 0) {
            uint256 rest =
                _coinsEscrowed[one.which][one.period] + _moneyEscrowed[one.which][one.period];
            if (rest != 0) ++periodsUneven;
        }
    }

    function _checkLimit(Placed memory one, uint256 filled, uint256 coins, uint256 money)
        private
    {
        uint256 atLimit = filled * one.ticks * UNITS_PER_TICK;
        uint256 escrow = uint256(one.lots) * one.ticks * UNITS_PER_TICK;
        Auction memory auction = energy.auctionOf(_markets[one.which], one.period);
        bool isBetter =
            one.isBid ? one.ticks > auction.priceTicks : one.ticks < auction.priceTicks;
        bool isKept = one.isBid
            ? coins == filled * LOT && escrow - money <= atLimit
            : coins == (one.lots - filled) * LOT && money >= atLimit;
        if (auction.priceTicks != 0 && isBetter) isKept = isKept && filled == one.lots;
        if (!isKept || filled > one.lots) ++limitsBroken;
    }

    function _settleClearedOf(address owner) internal {
        for (uint256 i = _placed.length; i != 0; --i) {
            Placed memory one = _placed[i - 1];
            bool isCleared = energy.auctionOf(_markets[one.which], one.period).isCleared;
            if (one.owner == owner && isCleared) _settle(i - 1);
        }
    }

    function _withdraw(address who, uint256 which, bool isCoinsAlone) internal {
        (uint256 coins, uint256 money) = energy.creditOf(_tokens[which], who);
        VM.prank(who);
        if (isCoinsAlone) {
            try energy.withdrawCoins(_tokens[which], who) {
                coinsOut += coins;
            } catch {
                if (coins != 0) ++honestCallsRefused;
            }
            return;
        }
        try energy.withdraw(_tokens[which], who) {
            (coinsOut, moneyOut[which]) = (coinsOut + coins, moneyOut[which] + money);
        } catch {
            bool isHonest = which == 0 || (which == 1 && who != address(wallet));
            if (isHonest && coins + money != 0) ++honestCallsRefused;
        }
    }

    function _creditedMoney(uint256 which) internal view returns (uint256 sum) {
        for (uint256 i = 0; i < TRADERS; ++i) {
            (, uint256 money) = energy.creditOf(_tokens[which], _traders[i]);
            sum += money;
        }
    }
}
