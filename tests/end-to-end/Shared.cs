namespace Helios.Tests.EndToEnd;

/// <summary>
/// The project, and the measured series beside it; a test without those is skipped.
/// </summary>
internal static class Shared
{
    public static string File(params string[] path)
    {
        var folder = Environment.GetEnvironmentVariable("HELIOS_SHARED") ?? Beside();
        var file = folder is null ? null : Path.Combine([folder, .. path]);
        Assert.SkipUnless(
            System.IO.File.Exists(file),
            $"{Path.Combine(path)} is not in ../shared; HELIOS_SHARED names another place.");
        return file!;
    }

    /// <summary>The folder of the project.</summary>
    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "tests", "all.rsp")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException("The tests run outside of the project.");
        }

        return folder.FullName;
    }

    private static string? Beside() =>
        Path.GetDirectoryName(Repository()) is { } parent ? Path.Combine(parent, "shared") : null;
}
