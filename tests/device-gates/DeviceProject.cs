using System.Xml.Linq;

namespace Helios.Tests.DeviceGates;

/// <summary>An .nfproj, as far as its lists of files and packages go.</summary>
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

    /// <summary>Full paths of the files that the project compiles, in its own order.</summary>
    public IEnumerable<string> Sources => Included("Compile").Select(FullPath);

    /// <summary>Full paths of the libraries that it refers to in NuGet's folder.</summary>
    public IEnumerable<string> Libraries
        => Elements("HintPath").Select(element => FullPath(element.Value));

    public IReadOnlyDictionary<string, string> Packages
        => XDocument.Load(System.IO.Path.Combine(Folder, "packages.config"))
            .Descendants("package")
            .ToDictionary(
                package => package.Attribute("id")!.Value,
                package => package.Attribute("version")!.Value,
                StringComparer.Ordinal);

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    private IEnumerable<string> Included(string item)
        => Elements(item).Select(element => element.Attribute("Include")!.Value);

    private IEnumerable<XElement> Elements(string name)
        => _document.Descendants(_document.Root!.Name.Namespace + name);

    private string FullPath(string windowsPath)
        => System.IO.Path.GetFullPath(System.IO.Path.Combine(
            Folder, windowsPath.Replace('\\', System.IO.Path.DirectorySeparatorChar)));
}
