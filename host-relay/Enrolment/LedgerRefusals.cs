using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>
/// What a person reads for each custom error of the MeterDirectory: what is wrong, and what to do.
/// </summary>
internal static class LedgerRefusals
{
    private const string NotTheOwner = "NotTheOwner(address,address)";

    private static readonly Dictionary<string, Func<AbiReader, string>> Sentences =
        new(StringComparer.Ordinal)
        {
            ["WrongState(address,uint8)"] = static it => OfState(
                it.Address(), (EnrolledState)it.UInt8()),
            ["NotTheEnroller(address,address)"] = static it => OfEnroller(
                it.Address(), it.Address()),
            ["BudgetExceeded(uint64,uint256)"] = static it => OfBudget(it.UInt64(), it.UInt64()),
            [NotTheOwner] = static it => OfOwner(
                it.Address(), it.Address(), "use the owner's key"),
            ["MeterNotOffered(address,address)"] = static it => OfOffer(
                it.Address(), it.Address()),
            ["OwnerRefused(address)"] = static it =>
                $"{it.Address()} cannot own a meter, its coins would be lost: correct owner in "
                    + "the meter's helios.cfg.",
            ["RatedPowerRefused(uint32,uint32)"] = static it =>
                $"This ledger takes up to {it.UInt32()} W of rated power, not {it.UInt32()} W: "
                    + "correct rated-power-w in the meter's helios.cfg.",
            ["ImpulseConstantZero()"] = static _ =>
                "An impulse constant of 0 measures nothing: correct impulses-per-kwh in the "
                    + "meter's helios.cfg.",
            ["AssuranceUnknown(uint8)"] = static it =>
                $"There is no assurance {it.UInt8()}: 0, 1 and 2 are.",
            ["SignatureLength(uint256)"] = static it =>
                $"A meter's signature has 64 bytes, or 128 on P-256, not {it.UInt64()}.",
            ["SignerMismatch(address,address)"] = static it =>
                $"The Enrolment is not signed by meter {it.Address()} for this ledger: it was "
                    + "altered, or is for another ledger or chain.",
            ["PaginationNotNewer(uint32,uint32)"] = static it =>
                $"The ledger has pagination {it.UInt32()} of this meter, and {it.UInt32()} is not "
                    + "newer: take a newer reading, or have the meter sign a new Enrolment.",
            ["RegisterDiffers(uint48,uint48)"] = static it =>
                $"The ledger has a register at {it.UInt48()} Wh, the Enrolment says "
                    + $"{it.UInt48()} Wh: submit the meter's last reading first, then have it "
                    + "sign an Enrolment again.",
            ["EnrolmentDiffers(uint256,uint256)"] = static it =>
                $"The enroller admitted {it.UInt64()}, the new Enrolment says {it.UInt64()}: "
                    + "impulse constant, rated power and assurance stay as they were.",
            ["SignedReadingsLength(uint256)"] = static it =>
                $"A signed reading has 99 bytes, or 163 on P-256, not {it.UInt64()}.",
            ["ReadingsOfTwoMeters(address,address)"] = static it =>
                $"The readings are signed by {it.Address()} and {it.Address()}: a proof needs two "
                    + "of one meter.",
            ["ReadingsAgree(uint32,uint32)"] = static it =>
                $"Readings {it.UInt32()} and {it.UInt32()} can both be true: a proof needs one "
                    + "pagination with two contents, or a newer one with a lower register.",
            ["CloneNotCleared(address,uint32)"] = static it =>
                $"Meter {it.Address()} was proven to sign in two places (pagination "
                    + $"{it.UInt32()}): see to its key, then clear-clone.",
            ["CloneNotProven(address)"] = static it =>
                $"Nobody has proven a clone of meter {it.Address()}: there is nothing to clear.",
            ["FinalImportNotOffered(uint48,uint48)"] = static it =>
                $"The owner said {it.UInt48()} Wh or nothing yet, not {it.UInt48()} Wh: both must "
                    + "read the same off the kWh meter.",
            ["ClosingTooShort(uint256,uint256)"] = static it =>
                $"The meter may be declared dead from {Time(it.UInt64())} on, after 30 days of "
                    + "closing: wait.",
        };

    private static readonly Dictionary<string, Func<AbiReader, string>> BySelector =
        Sentences.ToDictionary(
            static pair => Hex.Of(AbiWriter.SelectorOf(pair.Key)),
            static pair => pair.Value,
            StringComparer.Ordinal);

    // What the same error says of a call in which an Enrolment names the owner.
    private static readonly Dictionary<string, Func<AbiReader, string>> BySelectors =
        new(StringComparer.Ordinal)
        {
            [SelectorsOf(NotTheOwner, DirectoryCalls.ReplaceSignature)] = static it => OfOwner(
                it.Address(), it.Address(),
                "have the new meter sign an Enrolment for the owner of the old one"),
            [SelectorsOf(NotTheOwner, DirectoryCalls.AcceptSignature)] = static it => OfOwner(
                it.Address(), it.Address(),
                "use the owner's key, or have the meter sign an Enrolment for the right owner"),
        };

    /// <summary>The errors that have a sentence, as the ABI writes them.</summary>
    public static IReadOnlyCollection<string> Errors => Sentences.Keys;

    /// <summary>The sentence for what a contract reverted with; null for any other
    /// error.</summary>
    /// <param name="revert">Selector and arguments of the error.</param>
    /// <param name="calldata">Of the call that reverted, 4 bytes or more.</param>
    public static string? ToSentence(ReadOnlySpan<byte> revert, ReadOnlySpan<byte> calldata) =>
        revert.Length >= 4
            && (BySelectors.TryGetValue(SelectorsOf(revert, calldata), out var sentence)
                || BySelector.TryGetValue(Hex.Of(revert[..4]), out sentence))
            ? sentence(new AbiReader(revert[4..]))
            : null;

    private static string SelectorsOf(string error, string call) =>
        SelectorsOf(AbiWriter.SelectorOf(error), AbiWriter.SelectorOf(call));

    private static string SelectorsOf(ReadOnlySpan<byte> revert, ReadOnlySpan<byte> calldata) =>
        Hex.Of(revert[..4]) + Hex.Of(calldata[..4]);

    private static string OfState(Address meter, EnrolledState state) => state switch
    {
        EnrolledState.None =>
            $"Meter {meter} is not enrolled in this ledger: correct the address, or enrol it.",
        EnrolledState.Active =>
            $"Meter {meter} is enrolled and active: an address is enrolled once, and there is "
                + "nothing to resume or to end.",
        EnrolledState.Suspended =>
            $"Meter {meter} is suspended: resume it first.",
        EnrolledState.Closing =>
            $"Meter {meter} was revoked or replaced and is closing, for good: enrol another in "
                + "its place.",
        _ => $"Meter {meter} is dead, for good: enrol another in its place.",
    };

    // A meter that is enrolled has an owner.
    private static string OfOwner(Address owner, Address given, string advice) => owner.IsZero
        ? "The meter is not enrolled in this ledger: correct its address."
        : $"The owner is {owner}, not {given}: {advice}.";

    private static string OfEnroller(Address enroller, Address caller) => enroller.IsZero
        ? $"{caller} is no enroller of this ledger: use an enroller's key."
        : $"Enroller {enroller} answers for this meter, not {caller}: use that one's key.";

    private static string OfBudget(ulong budgetW, ulong neededW) => budgetW == 0
        ? "The key is no enroller's of this ledger: use an enroller's, or have the admin give it "
            + "a power budget."
        : $"The enroller's meters would take {neededW} W of his budget of {budgetW} W: have the "
            + "admin raise it.";

    private static string OfOffer(Address offeredTo, Address caller) => offeredTo.IsZero
        ? $"The meter is offered to nobody: have its owner offer it to {caller}."
        : $"The meter is offered to {offeredTo}, not to {caller}: use that one's key, or have its "
            + "owner offer it again.";

    private static string Time(ulong unixSeconds) =>
        $"{DateTimeOffset.FromUnixTimeSeconds((long)unixSeconds):yyyy-MM-dd HH:mm} UTC";
}
