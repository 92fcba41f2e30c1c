using Helios.Signing;

namespace Helios.Chain;

/// <summary>Calldata of the transactions with which meters are admitted and looked after.</summary>
public static class DirectoryCalls
{
    /// <summary>As the ABI writes it.</summary>
    public const string ReplaceSignature = $"replace(address,{EnrolmentTuple},bytes)";

    /// <summary>As the ABI writes it.</summary>
    public const string AcceptSignature = $"acceptMeter({EnrolmentTuple},bytes)";

    private const string EnrolmentTuple =
        "(address,address,uint32,uint32,uint32,uint48,uint48,uint48,uint8)";

    /// <summary>Admits a meter; the enroller's transaction.</summary>
    /// <param name="enrolment">What the meter signed.</param>
    /// <param name="signature">The meter's signature over it, 64 or 128 bytes.</param>
    public static byte[] Enrol(Enrolment enrolment, ReadOnlySpan<byte> signature) =>
        Write(new AbiWriter($"enrol({EnrolmentTuple},bytes)"), enrolment)
            .Bytes(signature).ToArray();

    /// <summary>Admits a meter in place of another; the enroller's.</summary>
    public static byte[] Replace(
        Address meter, Enrolment enrolment, ReadOnlySpan<byte> signature) =>
        Write(new AbiWriter(ReplaceSignature).Word(meter), enrolment)
            .Bytes(signature).ToArray();

    /// <summary>Takes a meter over that was offered; the new owner's.</summary>
    public static byte[] Accept(Enrolment enrolment, ReadOnlySpan<byte> signature) =>
        Write(new AbiWriter(AcceptSignature), enrolment)
            .Bytes(signature).ToArray();

    /// <summary>Offers a meter; its owner's.</summary>
    /// <param name="meter">What is offered.</param>
    /// <param name="newOwner">To whom; zero takes an offer back.</param>
    public static byte[] Offer(Address meter, Address newOwner) =>
        new AbiWriter("offerMeter(address,address)").Word(meter).Word(newOwner).ToArray();

    /// <summary>Refuses a meter's readings until it is resumed; the enroller's.</summary>
    public static byte[] Suspend(Address meter) => OfMeter("suspend(address)", meter);

    /// <summary>Takes a suspended meter's readings again; the enroller's.</summary>
    public static byte[] Resume(Address meter) => OfMeter("resume(address)", meter);

    /// <summary>Puts a meter into closing, for good; the enroller's.</summary>
    public static byte[] Revoke(Address meter) => OfMeter("revoke(address)", meter);

    /// <summary>Resumes a meter that a clone proof suspended; the enroller's.</summary>
    public static byte[] ClearClone(Address meter) => OfMeter("clearClone(address)", meter);

    /// <summary>Suspends a meter by two readings that cannot both be true; anybody's.</summary>
    public static byte[] ProveClone(byte[] first, byte[] second) =>
        new AbiWriter("proveClone(bytes,bytes)").Bytes(first).Bytes(second).ToArray();

    /// <summary>Says where the kWh meter of a closing meter stands; its owner's.</summary>
    public static byte[] OfferFinalImport(Address meter, ulong finalImportWh) =>
        new AbiWriter("offerFinalImport(address,uint48)").Word(meter).Word(finalImportWh)
            .ToArray();

    /// <summary>Declares a closing meter dead at what its owner said; the enroller's.</summary>
    public static byte[] AcceptFinalImport(Address meter, ulong finalImportWh) =>
        new AbiWriter("acceptFinalImport(address,uint48)").Word(meter).Word(finalImportWh)
            .ToArray();

    private static byte[] OfMeter(string signature, Address meter) =>
        new AbiWriter(signature).Word(meter).ToArray();

    // The order of the contract's struct and of EIP-712's type. A static tuple stands in the head.
    private static AbiWriter Write(AbiWriter calldata, Enrolment enrolment) => calldata
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
