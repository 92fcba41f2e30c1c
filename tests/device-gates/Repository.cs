namespace Helios.Tests.DeviceGates;

/// <summary>The project's folders, found by walking up from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Firmware { get; } = Path.Combine(Root, "firmware");

    /// <summary>Every C# file below a folder, but for what a build writes.</summary>
    public static string[] SourcesBelow(string folder) => FilesBelow(folder, "*.cs");

    /// <summary>Every such file below a folder, but for what builds and tools write.</summary>
    public static string[] FilesBelow(string folder, string pattern)
        => [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file)
                .Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj" or "node_modules" or ".git"))
            .Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "nfproj.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException(
                "No nfproj.sln above " + AppContext.BaseDirectory);
    }
}
