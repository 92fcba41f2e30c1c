using Helios.Messaging;

namespace Helios.Chain;

/// <summary>Calldata of the transactions that bring readings to a ledger.</summary>
public static class LedgerCalls
{
    /// <summary>One reading; reverts with the facts that disagree.</summary>
    /// <param name="signedReading">99 or 163 bytes as the meter signed them.</param>
    public static byte[] Record(ReadOnlySpan<byte> signedReading) =>
        new AbiWriter("record(bytes)").Bytes(signedReading).ToArray();

    /// <summary>Many readings of one curve; one that fails is skipped with an event.</summary>
    /// <param name="signedReadings">One or more, of 99 bytes each or of 163 each.</param>
    public static byte[] RecordBatch(IReadOnlyCollection<byte[]> signedReadings)
    {
        var isP256 = signedReadings.First().Length == ReadingCodec.LengthP256;
        return new AbiWriter(isP256 ? "recordBatchP256(bytes)" : "recordBatch(bytes)")
            .Bytes(signedReadings.SelectMany(static one => one).ToArray())
            .ToArray();
    }
}
