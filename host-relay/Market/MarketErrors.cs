using Helios.Chain;

namespace Helios.Trading;

/// <summary>The custom errors of an energy market and of tokens, as sentences.</summary>
internal static class MarketErrors
{
    // Selectors of all that a person can provoke.
    private static readonly (byte[] Selector, Sentence Say)[] Known =
    [
        Of("TokenRefused(address)", static (ref AbiReader words) =>
            $"{words.Address()} is no token to pay with: name an ERC-20 other than HEC."),
        Of("StepsRefused(uint32,uint64)", static (ref AbiReader _) =>
            "A lot is at least 1 Wh and a tick at least one unit: give more of both."),
        Of("ArrivedDiffers(address,uint256,uint256)", static (ref AbiReader words) =>
            $"The token {words.Address()} takes a fee or lies: trade for another one."),
        Of("RecipientRefused(address)", static (ref AbiReader words) =>
            $"{words.Address()} is zero or one of Helios' own contracts, where it would be lost: "
                + "name another recipient."),
        Of("NothingCredited(address,address)", static (ref AbiReader _) =>
            "There is nothing to withdraw: what an auction brought is credited once it is "
                + "cleared and the order settled, see `market clear`."),
        Of("PaymentRefused(address)", static (ref AbiReader words) =>
            $"{words.Address()} refuses the chain's own coin: name another recipient with --to."),
        Of("PeriodNotOpen(uint256,uint32)", static (ref AbiReader words) =>
            $"Auction {words.UInt64()} is on, and no order enters auction {words.UInt32()} any "
                + "more: send it again."),
        Of("PeriodNotOver(uint256,uint256)", static (ref AbiReader words) =>
            $"The auction ends at {ChainTime.Of(words.UInt64())}, and it is "
                + $"{ChainTime.Of(words.UInt64())}: clear it then."),
        Of("LevelFull(uint48,uint48)", static (ref AbiReader _) =>
            "At this price the auction is full: choose another price."),
        Of("DeadlinePassed(uint40,uint256)", static (ref AbiReader _) =>
            "The purchase came too late: send it again."),
        Of("OfferExpired(uint40,uint256)", static (ref AbiReader _) =>
            "The offer has ended: ask the seller for a new one."),
        Of("OfferTooLong(uint40,uint256)", static (ref AbiReader _) =>
            $"The offer ends more than {Offer.DaysMax} days from now: buy later."),
        Of("EpochDiffers(uint32,uint32)", static (ref AbiReader _) =>
            "The seller took all his offers of that time back: ask him for a new one."),
        Of("NotTheBuyer(address,address)", static (ref AbiReader words) =>
            $"The offer is for {words.Address()} alone: ask the seller for another one."),
        Of("NotTheSeller(address,address)", static (ref AbiReader words) =>
            $"Only the seller {words.Address()} takes his offer back: use his key."),
        Of("PriceAboveLimit(uint16,uint16)", static (ref AbiReader _) =>
            "The offer asks more than your limit: raise --most."),
        Of("OfferNotSigned(address)", static (ref AbiReader words) =>
            $"{words.Address()} has not signed this offer: the file was altered."),
        Of("TooFewLots(uint48,uint48)", static (ref AbiReader _) =>
            "Less can change hands than you or the seller want at least: see `market offers`."),
        Of("OrderUnknown(bytes32,uint256)", static (ref AbiReader _) =>
            "The order is settled already: withdraw what it brought."),
        Of("NotCleared(bytes32,uint32)", static (ref AbiReader _) =>
            "The auction is not cleared yet: clear it first."),
        Of("NotTheMetersOwner(address,address)", static (ref AbiReader words) =>
            words.Address() is { IsZero: false } owner
                ? $"The meter is {owner}'s: use that account's key."
                : "Nobody has enrolled this meter: correct its address."),
        Of("KeepTooLarge(uint48,uint48)", static (ref AbiReader words) =>
            $"A meter of this deployment may have {MarketSteps.KwhOfWh(words.UInt48())} kWh open "
                + "at most: keep less."),
        Of("NoStandingOrder(address)", static (ref AbiReader words) =>
            $"The meter {words.Address()} has no such standing order: see `market standing "
                + "show`."),
        Of("OwnerChanged(address,address,address)", static (ref AbiReader words) =>
            $"The meter {words.Address()} has another owner now: his standing orders count."),
        Of("OrderIsLive(bytes32,uint256)", static (ref AbiReader _) =>
            "Its last order is in an auction that is not cleared: clear it first."),
        Of("NothingDue(address)", static (ref AbiReader _) =>
            "Less than a lot is due, or to be had of credit, balance and allowance."),
        Of("CannotRedeem(address,uint256)", static (ref AbiReader words) =>
            $"Redemptions would not take coins for the meter {words.Address()} now: it is not "
                + "active, or its owner has not approved the market as payer."),
        Of("ERC20InsufficientBalance(address,uint256,uint256)", static (ref AbiReader words) =>
            $"{words.Address()} has too little of what is to be paid: see `market account`."),
        Of("ERC20InsufficientAllowance(address,uint256,uint256)", static (ref AbiReader _) =>
            "The market is not allowed to take so much: send it again."),
    ];

    private static readonly byte[] PeriodNotOpen =
        AbiWriter.SelectorOf("PeriodNotOpen(uint256,uint32)");

    private static readonly byte[] AllowanceMissing =
        AbiWriter.SelectorOf("ERC20InsufficientAllowance(address,uint256,uint256)");

    private delegate string Sentence(ref AbiReader words);

    /// <summary>What a revert says, for people; null for an error that is none of these.</summary>
    public static string? ToSentence(ReadOnlySpan<byte> revert)
    {
        foreach (var (selector, say) in Known)
        {
            if (revert.StartsWith(selector))
            {
                var words = new AbiReader(revert[selector.Length..]);
                return say(ref words);
            }
        }

        return null;
    }

    /// <summary>Whether a token says that it may not be taken.</summary>
    public static bool IsAllowanceMissing(ReadOnlySpan<byte> revert) =>
        revert.StartsWith(AllowanceMissing);

    /// <summary>The auction that is on, if a revert says that an order named another.</summary>
    public static uint? ToOpenPeriod(ReadOnlySpan<byte> revert) =>
        revert.StartsWith(PeriodNotOpen) ? new AbiReader(revert[4..]).UInt32() : null;

    private static (byte[] Selector, Sentence Say) Of(string signature, Sentence say) =>
        (AbiWriter.SelectorOf(signature), say);
}
