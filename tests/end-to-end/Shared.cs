namespace Helios.Tests.EndToEnd;

/// <summary>The measured series beside the project; a test without them is skipped.</summary>
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

    private static string? Beside()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "tests", "all.rsp")))
            {
                return folder.Parent is { } parent ? Path.Combine(parent.FullName, "shared") : null;
            }
        }

        return null;
    }
}
