using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Helios.Tests.DeviceGates;

/// <summary>
/// The device's projects compile against signatures of the libraries that they name, and those
/// refuse what only .NET has. tests/device-api does the first at every build, for one board.
/// </summary>
public sealed class DeviceApiTests
{
    // No such member, name, type, namespace, extension, overload, predefined type or tuple type.
    private static readonly string[] NotThere =
    [
        "CS0117", "CS0103", "CS0246", "CS0234", "CS1061", "CS1501", "CS1503",
        "CS1593", "CS0518", "CS8179",
    ];

    public static TheoryData<string, string> ProjectsAndBoards
        => [.. DeviceProject.All.SelectMany(project => DeviceProject.Boards.Select(
            board => (Path.GetRelativePath(Repository.Root, project.Path), board)))];

    [Theory]
    [InlineData("string.Join(\",\", new string[0])")]
    [InlineData("\"a\".Replace('a', 'b')")]
    [InlineData("Array.Sort(new int[1])")]
    [InlineData("Array.Reverse(new int[1])")]
    [InlineData("Array.Copy(new byte[1], 0L, new byte[1], 0L, 1L)")]
    [InlineData("Math.Max(1, 2)")]
    [InlineData("Environment.TickCount")]
    [InlineData("DateTime.Now")]
    [InlineData("Enum.GetNames(typeof(DayOfWeek))")]
    [InlineData("Interlocked.Read(ref Long)")]
    [InlineData("Monitor.TryEnter(new object())")]
    [InlineData("new Thread(_ => { })")]
    [InlineData("1.CompareTo(2)")]
    [InlineData("new System.Text.StringBuilder()")]
    [InlineData("new System.Collections.Generic.List<int>()")]
    [InlineData("new Span<byte>(new byte[1])")]
    [InlineData("0.5")]
    [InlineData("(int?)1")]
    [InlineData("(1, 2)")]
    public void Refuses_what_the_device_lacks(string expression)
        => Assert.Contains(Errors(expression), error => NotThere.Contains(error.Id));

    [Theory]
    [InlineData("string.Format(\"{0:X8}\", 1u)")]
    [InlineData("\"a\".Substring(0, 1) + 'b' + 1")]
    [InlineData("Array.IndexOf(new int[1], 0)")]
    [InlineData("DateTime.UtcNow.Ticks")]
    [InlineData("Interlocked.Increment(ref Int)")]
    [InlineData("new Thread(() => { lock (\"a\") { } })")]
    [InlineData("new AutoResetEvent(false).WaitOne(1, false)")]
    [InlineData("new System.Collections.ArrayList { 1 }.Count")]
    [InlineData("new int[] { 1, 2, 3 }.Length")]
    public void Knows_what_the_device_has(string expression) => Assert.Empty(Errors(expression));

    [Theory]
    [MemberData(nameof(ProjectsAndBoards))]
    public void Every_device_project_compiles_from_what_it_names_alone(string project, string board)
        => Assert.Empty(ErrorsOf(DeviceCompilation.Of(DeviceProject.At(project), board)));

    private static Diagnostic[] Errors(string expression)
    {
        var source = $$"""
            using System;
            using System.Threading;
            class Program
            {
                static long Long;
                static int Int;
                object Result() { return {{expression}}; }
                void Done() { Long++; Int++; }
            }
            """;
        var tree = CSharpSyntaxTree.ParseText(source, DeviceCompilation.Language);
        return ErrorsOf(DeviceSignatures.Compilation(
            "Snippet", [tree], [DeviceSignatures.Of(DeviceSignatures.CoreLibrary)]));
    }

    private static Diagnostic[] ErrorsOf(Compilation compilation)
        => [.. compilation.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
}
