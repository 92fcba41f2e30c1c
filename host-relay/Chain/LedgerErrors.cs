namespace Helios.Chain;

/// <summary>Reads the custom errors with which the ledger's record reverts.</summary>
internal static class LedgerErrors
{
    private static readonly (byte[] Selector, SkipReason Reason)[] Known =
    [
        (AbiWriter.SelectorOf("SignatureInvalid()"), SkipReason.SignatureInvalid),
        (AbiWriter.SelectorOf("MeterNotEnrolled(address)"), SkipReason.MeterNotEnrolled),
        (AbiWriter.SelectorOf("MeterNotAccepting(address,uint8)"), SkipReason.MeterNotAccepting),
        (AbiWriter.SelectorOf("PaginationNotNewer(uint32,uint32)"), SkipReason.PaginationNotNewer),
        (AbiWriter.SelectorOf("RegisterDecreased(uint48,uint48)"), SkipReason.RegisterDecreased),
        (AbiWriter.SelectorOf("NotYetPlausible(uint256,uint256)"), SkipReason.NotYetPlausible),
    ];

    /// <summary>
    /// What a revert says of the reading; null for an error that is none of these.
    /// </summary>
    public static Trial? ToTrial(ReadOnlySpan<byte> revert)
    {
        if (revert.Length < 4)
        {
            return null;
        }

        foreach (var (selector, reason) in Known)
        {
            if (revert[..4].SequenceEqual(selector))
            {
                var earliest = reason == SkipReason.NotYetPlausible
                    ? new AbiReader(revert[4..]).UInt64()
                    : 0;
                return new Trial(reason, 0, earliest);
            }
        }

        return null;
    }
}
