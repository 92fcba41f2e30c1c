namespace Helios.Chain;

/// <summary>
/// Reads the ReadingLedger's events from a receipt; events of other kinds are passed over.
/// </summary>
internal static class LedgerEvents
{
    private static readonly byte[] AcceptedTopic = AbiWriter.HashOf(
        "ReadingAccepted(address,uint32,uint48,uint48,uint48,uint48,uint256)");

    private static readonly byte[] SkippedTopic = AbiWriter.HashOf(
        "ReadingSkipped(uint256,address,uint32,uint8)");

    /// <summary>
    /// The event, or null if the entry is none of this ledger's ReadingAccepted.
    /// </summary>
    public static ReadingAccepted? ToAccepted(LogEntry log, Address ledger)
    {
        if (!Is(log, ledger, AcceptedTopic))
        {
            return null;
        }

        // Coins too: none is minted for less than a watt-hour, and a register has 48 bits.
        var arguments = new AbiReader(log.Content);
        return new ReadingAccepted(
            new AbiReader(log.Topics[1]).Address(),
            arguments.UInt32(),
            arguments.UInt48(),
            arguments.UInt48(),
            arguments.UInt48(),
            arguments.UInt48(),
            arguments.UInt48());
    }

    /// <summary>The event, or null if the entry is none of this ledger's ReadingSkipped.</summary>
    public static ReadingSkipped? ToSkipped(LogEntry log, Address ledger)
    {
        if (!Is(log, ledger, SkippedTopic))
        {
            return null;
        }

        // The meter is indexed: it stands in a topic, away from the other arguments.
        var meter = new AbiReader(log.Topics[1]).Address();
        var rest = new AbiReader(log.Content);
        return new ReadingSkipped(rest.UInt32(), meter, rest.UInt32(), ReasonOf(rest.UInt8()));
    }

    private static SkipReason ReasonOf(byte number) =>
        Enum.IsDefined((SkipReason)number)
            ? (SkipReason)number
            : throw new FormatException($"The ledger has no reason {number} to skip a reading.");

    private static bool Is(LogEntry log, Address ledger, byte[] topic) =>
        log.Emitter == ledger && log.Topics.Count == 2
            && log.Topics[0].AsSpan().SequenceEqual(topic);
}
