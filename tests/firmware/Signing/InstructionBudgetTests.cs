using Helios.Tests.IlCount;

namespace Helios.Tests.Firmware.Signing;

/// <summary>
/// Counted in the optimised IL of Helios.Firmware.dll, over edge keys and seeded ones. HMAC is one
/// native call, as on the device.
/// </summary>
public sealed class InstructionBudgetTests
{
    private static readonly Lazy<Measurement[]> Measured = new(InstrumentedFirmware.Measure);

    [Theory]
    [InlineData(Workload.SignReading, 450_000)]
    [InlineData(Workload.Recover, 1_350_000)]
    public void Stays_within_the_instructions_that_the_device_has_time_for(
        string operation, long instructionsMax)
    {
        Assert.All(
            Of(operation),
            measured => Assert.InRange(measured.Instructions, 1, instructionsMax));
    }

    [Theory]
    [InlineData(Workload.SignDigest)]
    [InlineData(Workload.SignReading)]
    [InlineData(Workload.MakeKey)]
    public void Takes_the_same_path_for_every_key_and_nonce(string operation)
    {
        Assert.Single(Of(operation).Select(measured => measured.Path).Distinct());
        Assert.Single(Of(operation).Select(measured => measured.InstructionsOnPath).Distinct());
    }

    [Fact]
    public void Allocates_nothing_to_hash_and_only_the_results_of_hmac_to_sign()
    {
        Assert.All(Of(Workload.OneBlock), measured => Assert.Equal(0, measured.AllocatedBytes));
        Assert.All(
            Of(Workload.ReadingDigest), measured => Assert.Equal(0, measured.AllocatedBytes));

        // Nine HMACs of 32 bytes with an array's header each.
        Assert.All(
            Of(Workload.SignDigest), measured => Assert.Equal(9 * 56, measured.AllocatedBytes));
    }

    private static Measurement[] Of(string operation)
        => [.. Measured.Value.Where(
            measured => string.Equals(measured.Operation, operation, StringComparison.Ordinal))];
}
