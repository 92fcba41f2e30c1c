using System.Xml.Linq;

namespace Helios.Tests.DeviceGates;

/// <summary>An .nfproj, as far as its lists of files, libraries and packages go.</summary>
internal sealed class DeviceProject
{
    private readonly XDocument _document;

    private DeviceProject(string path)
    {
        Path = path;
        _document = XDocument.Load(path);
    }

    public string Path { get; }

    public static IReadOnlyList<DeviceProject> All { get; } =
        [.. new[] { "firmware", "boards", "tests" }
            .Select(folder => System.IO.Path.Combine(Repository.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(
                folder, "*.nfproj", SearchOption.AllDirectories))
            .Select(path => new DeviceProject(path))];

    /// <summary>The folders of boards/ that a device project can be built for.</summary>
    public static IReadOnlyList<string> Boards { get; } =
        [.. Directory.EnumerateDirectories(System.IO.Path.Combine(Repository.Root, "boards"))
            .Select(folder => System.IO.Path.GetFileName(folder))
            .Where(name => name.StartsWith("esp32", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Full paths of the libraries that it refers to in NuGet's folder.</summary>
    public IEnumerable<string> Libraries
        => Elements("HintPath").Select(element => FullPath(element.Value));

    /// <summary>Names of the assemblies that it refers to, but for projects.</summary>
    public IEnumerable<string> References
        => Included("Reference").Select(include => include.Split(',')[0]);

    public IEnumerable<DeviceProject> ProjectReferences
        => Included("ProjectReference").Select(include => At(FullPath(include)));

    /// <summary>The file to be flashed that Release makes, from the top, with slashes.</summary>
    public string Image
        => System.IO.Path.GetRelativePath(
            Repository.Root,
            FullPath(Elements("OutputPath").Single().Value.Replace(
                "$(Configuration)", "Release", StringComparison.Ordinal)
                + Elements("AssemblyName").Single().Value + ".bin"));

    public IReadOnlyDictionary<string, string> Packages
        => XDocument.Load(System.IO.Path.Combine(Folder, "packages.config"))
            .Descendants("package")
            .ToDictionary(
                package => package.Attribute("id")!.Value,
                package => package.Attribute("version")!.Value,
                StringComparer.Ordinal);

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <param name="path">Whole, or from the top with slashes.</param>
    public static DeviceProject At(string path)
        => All.Single(project => string.Equals(
            project.Path,
            System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, path)),
            StringComparison.Ordinal));

    /// <summary>Full paths of the files that it compiles for a board, in its own order.</summary>
    public IEnumerable<string> SourcesFor(string board)
        => Included("Compile").Select(include => FullPath(
            include.Replace("$(HeliosBoard)", board, StringComparison.Ordinal)));

    private IEnumerable<string> Included(string item)
        => Elements(item).Select(Unconditioned);

    // A condition could leave out what a list seems to hold.
    private string Unconditioned(XElement item)
        => item.AncestorsAndSelf().Any(element => element.Attribute("Condition") is not null)
            ? throw new InvalidDataException(
                $"{Path}: {item} has a condition; every item stands without one.")
            : item.Attribute("Include")!.Value;

    private IEnumerable<XElement> Elements(string name)
        => _document.Descendants(_document.Root!.Name.Namespace + name);

    private string FullPath(string windowsPath)
        => System.IO.Path.GetFullPath(System.IO.Path.Combine(
            Folder, windowsPath.Replace('\\', System.IO.Path.DirectorySeparatorChar)));
}
