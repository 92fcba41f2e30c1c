using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helios.Tests.DeviceGates;

/// <summary>A device project as its compiler sees it: its files, the libraries it names.</summary>
internal static class DeviceCompilation
{
    public static readonly CSharpParseOptions Language =
        new CSharpParseOptions(LanguageVersion.CSharp9)
            .WithPreprocessorSymbols("NANOFRAMEWORK_1_0");

    public static CSharpCompilation Of(DeviceProject project, string board)
        => DeviceSignatures.Compilation(
            Path.GetFileNameWithoutExtension(project.Path),
            project.SourcesFor(board).Select(file => CSharpSyntaxTree.ParseText(
                File.ReadAllText(file),
                Language,
                Path.GetRelativePath(Repository.Root, file))),
            project.References.Select(DeviceSignatures.Of)
                .Concat(project.ProjectReferences.Select(
                    other => DeviceSignatures.Emitted(Of(other, board)))));
}
