namespace Helios.Tests.Firmware.Signing;

/// <summary>Random input whose seed is in the output; HELIOS_SEED repeats a run.</summary>
internal static class Seeded
{
    public static Random Random()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("HELIOS_SEED"), out int given)
            ? given
            : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"HELIOS_SEED={seed}");
        return new Random(seed);
    }

    public static byte[] NextBytes(this Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
