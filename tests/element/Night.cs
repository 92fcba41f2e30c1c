namespace Helios.Tests.Element;

/// <summary>Long forms of tests run at night: HELIOS_NIGHT=1.</summary>
internal static class Night
{
    internal static bool IsOn { get; } = string.Equals(
        Environment.GetEnvironmentVariable("HELIOS_NIGHT"), "1", StringComparison.Ordinal);
}
