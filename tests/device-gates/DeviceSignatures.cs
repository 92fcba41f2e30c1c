using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helios.Tests.DeviceGates;

/// <summary>
/// The signatures in tests/device-api, each folder compiled into the assembly that it is named
/// after, so that a project is judged by the libraries that it names and no other.
/// </summary>
internal static class DeviceSignatures
{
    private static readonly Lazy<IReadOnlyDictionary<string, MetadataReference>> Built = new(Build);

    public const string CoreLibrary = "mscorlib";

    private static string Folder => Path.Combine(Repository.Root, "tests", "device-api");

    public static IEnumerable<string> Folders
        => Directory.EnumerateDirectories(Path.Combine(Folder, "packages"))
            .Where(folder => Repository.SourcesBelow(folder).Length > 0)
            .Append(Path.Combine(Folder, CoreLibrary))
            .Order(StringComparer.Ordinal);

    public static IEnumerable<MetadataReference> All => Built.Value.Values;

    public static MetadataReference Of(string assembly)
        => Built.Value.TryGetValue(assembly, out var reference)
            ? reference
            : throw new InvalidOperationException($"tests/device-api has no {assembly}.");

    public static CSharpCompilation Compilation(
        string name, IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> references)
        => CSharpCompilation.Create(
            name,
            trees,
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    public static MetadataReference Emitted(CSharpCompilation compilation)
        => TryEmit(compilation, out var reference, out var errors)
            ? reference!
            : throw new InvalidOperationException(errors);

    // Whatever compiles with what there is already comes first; what is left in the end has errors.
    private static Dictionary<string, MetadataReference> Build()
    {
        var built = new Dictionary<string, MetadataReference>(StringComparer.Ordinal);
        var waiting = Folders.ToList();
        while (waiting.Count > 0)
        {
            var errors = "";
            var done = waiting.RemoveAll(folder =>
            {
                var name = Path.GetFileName(folder);
                var isBuilt = TryEmit(
                    Compilation(name, Trees(folder), built.Values), out var made, out errors);
                if (isBuilt)
                {
                    built.Add(name, made!);
                }

                return isBuilt;
            });
            Assert.True(done > 0, errors);
        }

        return built;
    }

    private static bool TryEmit(
        CSharpCompilation compilation, out MetadataReference? reference, out string errors)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        reference = result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : null;
        errors = string.Join('\n', result.Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return result.Success;
    }

    private static IEnumerable<SyntaxTree> Trees(string folder)
        => Repository.SourcesBelow(folder).Select(file => CSharpSyntaxTree.ParseText(
            File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.CSharp10), file));
}
