using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helios.Tests.DeviceGates;

/// <summary>Finds the C# that the interpreter does not run as .NET does.</summary>
internal static class InterpreterGate
{
    // The whole of .NET: what the gate refuses must have a meaning before it can be refused.
    public static readonly IReadOnlyList<MetadataReference> Host =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal)
                && !file.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file))];

    public static IReadOnlyList<Finding> InspectText(string source)
        => Inspect(CSharpCompilation.Create(
            "Inspected",
            [CSharpSyntaxTree.ParseText(source, DeviceCompilation.Language, "snippet")],
            Host,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    public static IReadOnlyList<Finding> Inspect(CSharpCompilation compilation)
    {
        // Where something does not compile a type is unknown, and a rule about it would be silent.
        var errors = compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToArray();
        Assert.True(errors.Length == 0, string.Join('\n', errors.AsEnumerable()));

        return [.. compilation.SyntaxTrees
            .SelectMany(tree =>
            {
                var types = new TypeRules(compilation.GetSemanticModel(tree));
                return tree.GetRoot().DescendantNodes().SelectMany(node => ShapeRules.Of(node)
                    .Concat(types.Of(node))
                    .Select(rule => new Finding(
                        rule, $"{node.GetLocation().GetLineSpan()} {node}")));
            })
            .Distinct()];
    }
}
