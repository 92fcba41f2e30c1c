using Helios.Messaging;
using Helios.Signing;

namespace Helios.Chain;

/// <summary>Calldata of the ReadingLedger's transactions.</summary>
public static class LedgerCalls
{
    private const string EnrolmentTuple =
        "(address,address,uint32,uint32,uint32,uint48,uint48,uint48,uint8)";

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

    /// <summary>Admits a meter; the enroller's transaction.</summary>
    /// <param name="enrolment">What the meter signed.</param>
    /// <param name="signature">The meter's signature over it, 64 or 128 bytes.</param>
    public static byte[] Enrol(Enrolment enrolment, ReadOnlySpan<byte> signature) =>
        WriteEnrolment($"enrol({EnrolmentTuple},bytes)", enrolment).Bytes(signature).ToArray();

    // The order of the contract's struct and of EIP-712's type. A static tuple stands in the head.
    private static AbiWriter WriteEnrolment(string signature, Enrolment enrolment) =>
        new AbiWriter(signature)
            .Word(new Address(enrolment.Meter))
            .Word(new Address(enrolment.Owner))
            .Word(enrolment.ImpulsesPerKwh)
            .Word(enrolment.MaxPowerW)
            .Word(enrolment.Pagination)
            .Word(enrolment.ExportWh)
            .Word(enrolment.ImportWh)
            .Word(enrolment.ReturnedWh)
            .Word(enrolment.Assurance);
}
