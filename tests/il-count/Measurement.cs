namespace Helios.Tests.IlCount;

/// <summary>One operation, once it has run before and everything it keeps is allocated.</summary>
/// <param name="Operation">What was done.</param>
/// <param name="Subject">With which key.</param>
/// <param name="Instructions">IL instructions in Helios.Firmware.dll.</param>
/// <param name="AllocatedBytes">Bytes that it allocated on .NET's heap.</param>
/// <param name="Path">
/// Depends on the order of all basic blocks, without those of the masked inversion and the table.
/// </param>
/// <param name="InstructionsOnPath">Instructions without those two.</param>
public sealed record Measurement(
    string Operation,
    string Subject,
    long Instructions,
    long AllocatedBytes,
    ulong Path,
    long InstructionsOnPath)
{
    /// <summary>From the values that cross from one load context into another.</summary>
    public static Measurement Of(
        (string Operation, string Subject, long Count, long Bytes, ulong Path, long OnPath) values)
        => new(
            values.Operation, values.Subject, values.Count, values.Bytes, values.Path,
            values.OnPath);
}
