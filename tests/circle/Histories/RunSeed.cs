namespace Helios.Tests.Circle.Histories;

/// <summary>Differs from run to run unless HELIOS_SEED says one; tests print it.</summary>
internal static class RunSeed
{
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HELIOS_SEED"), out var given)
            ? given
            : Environment.TickCount & 0xffffff;
}
