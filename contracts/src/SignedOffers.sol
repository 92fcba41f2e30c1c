// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {MarketBooks} from "./MarketBooks.sol";
import {ISignedOffers} from "./interfaces/ISignedOffers.sol";
import {Market} from "./types/Market.sol";
import {Offer} from "./types/Offer.sol";

/// @title SignedOffers
/// @notice Standing offers that sellers sign, and purchases of them. See ISignedOffers.
abstract contract SignedOffers is MarketBooks, EIP712, ISignedOffers {
    /// @dev How far ahead an offer may end.
    uint256 private constant OFFER_MAX_S = 30 days;

    /// @dev Taken lots of an offer that was taken back: no offer has more.
    uint48 private constant ALL_LOTS = type(uint48).max;

    /// @inheritdoc ISignedOffers
    mapping(address seller => uint32) public epochOf;

    /// @inheritdoc ISignedOffers
    mapping(bytes32 offer => uint48) public takenLotsOf;

    constructor() EIP712("Helios Market", "1") {}

    /// @inheritdoc ISignedOffers
    function buy(
        Offer calldata offer,
        bytes calldata signature,
        uint48 lots,
        uint48 fewestLots,
        uint16 mostTicks,
        uint40 deadline
    ) external payable nonReentrant returns (uint48 bought) {
        if (block.timestamp > deadline) {
            revert DeadlinePassed(deadline, block.timestamp);
        }
        if (offer.ticks > mostTicks) revert PriceAboveLimit(mostTicks, offer.ticks);
        Market memory facts = _knownMarket(offer.market);
        bytes32 offerHash = offer.structHashOf();
        _requireOfferStands(offer);
        _requireSigned(offer, offerHash, signature);
        bought = _lotsToBuy(offer, offerHash, facts, lots, fewestLots);
        uint256 money = bought * _moneyPerLot(facts, offer.ticks);
        // Of any other token, what comes with the call is refused below.
        if (facts.token == address(0) && msg.value < money) {
            revert ValueTooSmall(money, msg.value);
        }

        takenLotsOf[offerHash] += bought;
        emit OfferTaken(offerHash, offer.market, offer.seller, msg.sender, bought, offer.ticks);

        _moveCoins(offer.seller, msg.sender, bought * _coinsPerLot(facts));
        _payFromCaller(facts.token, offer.seller, money);
    }

    /// @inheritdoc ISignedOffers
    function cancelOffer(Offer calldata offer) external nonReentrant {
        if (msg.sender != offer.seller) revert NotTheSeller(offer.seller, msg.sender);

        bytes32 offerHash = offer.structHashOf();
        takenLotsOf[offerHash] = ALL_LOTS;
        emit OfferCancelled(offerHash, msg.sender);
    }

    /// @inheritdoc ISignedOffers
    function raiseEpoch() external nonReentrant returns (uint32 epoch) {
        epoch = ++epochOf[msg.sender];
        emit EpochRaised(msg.sender, epoch);
    }

    /// @inheritdoc ISignedOffers
    function availableLotsOf(Offer calldata offer, address buyer) external view returns (uint48) {
        bool hasEnded = block.timestamp > offer.validUntil;
        bool isEarly = offer.validUntil > block.timestamp + OFFER_MAX_S;
        bool isForHim = offer.buyer == address(0) || offer.buyer == buyer;
        if (hasEnded || isEarly || !isForHim || offer.epoch != epochOf[offer.seller]) return 0;

        uint48 left = _lotsLeft(offer, offer.structHashOf());
        uint48 available = _affordable(offer, _knownMarket(offer.market), left);
        return _isFewer(available, offer, left) ? 0 : available;
    }

    /// @inheritdoc ISignedOffers
    function offerHashOf(Offer calldata offer) external pure returns (bytes32) {
        return offer.structHashOf();
    }

    /// @inheritdoc ISignedOffers
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function _requireOfferStands(Offer calldata offer) private view {
        uint256 latest = block.timestamp + OFFER_MAX_S;
        uint32 epoch = epochOf[offer.seller];

        _requireTicks(offer.ticks);
        if (block.timestamp > offer.validUntil) {
            revert OfferExpired(offer.validUntil, block.timestamp);
        }
        if (offer.validUntil > latest) revert OfferTooLong(offer.validUntil, latest);
        if (offer.epoch != epoch) revert EpochDiffers(epoch, offer.epoch);
        if (offer.buyer != address(0) && offer.buyer != msg.sender) {
            revert NotTheBuyer(offer.buyer, msg.sender);
        }
    }

    function _requireSigned(Offer calldata offer, bytes32 offerHash, bytes calldata signature)
        private
        view
    {
        bool isSigned = SignatureChecker.isValidSignatureNowCalldata(
            offer.seller, _hashTypedDataV4(offerHash), signature
        );
        if (!isSigned) revert OfferNotSigned(offer.seller);
    }

    /// @dev As many as are wanted, left and affordable; not fewer than either side accepts.
    function _lotsToBuy(
        Offer calldata offer,
        bytes32 offerHash,
        Market memory facts,
        uint48 lots,
        uint48 fewestLots
    ) private view returns (uint48) {
        uint48 left = _lotsLeft(offer, offerHash);
        uint48 available = _affordable(offer, facts, left);
        if (available < lots) lots = available;
        if (fewestLots == 0) fewestLots = 1;

        if (lots < fewestLots) revert TooFewLots(fewestLots, lots);
        if (_isFewer(lots, offer, left)) revert TooFewLots(offer.minLots, lots);
        return lots;
    }

    /// @dev Than the seller accepts. A rest that is smaller than that is sold whole.
    function _isFewer(uint48 lots, Offer calldata offer, uint48 left)
        private
        pure
        returns (bool)
    {
        return lots < offer.minLots && lots != left;
    }

    function _lotsLeft(Offer calldata offer, bytes32 offerHash) private view returns (uint48) {
        uint48 taken = takenLotsOf[offerHash];
        return taken < offer.lots ? offer.lots - taken : 0;
    }

    /// @dev Of these lots, those that the seller has and has approved.
    function _affordable(Offer calldata offer, Market memory facts, uint48 lots)
        private
        view
        returns (uint48)
    {
        uint256 affordable = _spendableCoins(offer.seller) / _coinsPerLot(facts);
        // Fits: less than lots.
        return affordable < lots ? uint48(affordable) : lots;
    }
}
