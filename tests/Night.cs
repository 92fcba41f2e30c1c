namespace Helios.Tests;

/// <summary>Long forms of tests, run at night: HELIOS_NIGHT=1.</summary>
internal static class Night
{
    public static bool IsOn { get; } = string.Equals(
        Environment.GetEnvironmentVariable("HELIOS_NIGHT"), "1", StringComparison.Ordinal);

    /// <summary>Seeds differ from run to run unless HELIOS_SEED says one; each is printed.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HELIOS_SEED"), out var given)
            ? given
            : Environment.TickCount & 0xffffff;

    /// <summary>The long form's figure at night, else the short one's.</summary>
    public static int Or(int atNight, int byDay) => IsOn ? atNight : byDay;

    /// <summary>
    /// A closing figure: with the test's output, and at night in the file of HELIOS_FIGURES too.
    /// </summary>
    public static void Print(string figures)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        if (Environment.GetEnvironmentVariable("HELIOS_FIGURES") is { Length: > 0 } file)
        {
            File.AppendAllText(file, figures + Environment.NewLine);
        }
    }
}
