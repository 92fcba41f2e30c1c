using Rule = Helios.Tests.DeviceGates.InterpreterRule;

namespace Helios.Tests.DeviceGates;

/// <summary>The firmware is C# that the interpreter runs as .NET does; each rule bites.</summary>
public sealed class InterpreterGateTests
{
    private static readonly (Rule Rule, string Member)[] Provocations =
    [
        (Rule.Generics, "class Box<T> { }"),
        (Rule.Generics, "T Same<T>(T value) { return value; }"),
        (Rule.Generics, "System.Collections.Generic.List<int> list;"),
        (Rule.Generics, "object Made() { return System.Array.Empty<int>(); }"),
        (Rule.Generics, "void Inferred(int[] a) { System.Array.Resize(ref a, 2); }"),
        (Rule.Generics, "void Hidden() { var a = System.IO.File.ReadLines(null); }"),
        (Rule.GenericDelegate, "System.Func<int> f;"),
        (Rule.GenericDelegate, "System.Action<int> f;"),
        (Rule.GenericDelegate, "event System.EventHandler<System.EventArgs> E;"),
        (Rule.Linq, "int Sum(int[] a) { return System.Linq.Enumerable.Sum(a); }"),
        (Rule.Async, "async void Later() { await System.Threading.Tasks.Task.Yield(); }"),
        (Rule.Async, "System.Action later = async () => { };"),
        (Rule.Tuple, "object Pair() { return (1, 2); }"),
        (Rule.Tuple, "void Swap(int a, int b) { (a, b) = (b, a); }"),
        (Rule.Record, "record Reading { }"),
        (Rule.NullableValue, "int? maybe;"),
        (Rule.NullableValue, "int Length(string s) { return s?.Length ?? 0; }"),
        (Rule.MultidimensionalArray, "int[,] grid;"),
        (Rule.MultidimensionalArray, "object Grid() { return new[,] { { 1 } }; }"),
        (Rule.StackAllocation, "void Take() { System.Span<byte> s = stackalloc byte[4]; }"),
        (Rule.StackAllocation, "void Take() { System.Span<int> s = stackalloc[] { 1 }; }"),
        (Rule.FloatingPoint, "object Half() { return 0.5; }"),
        (Rule.FloatingPoint, "float power;"),
        (Rule.FloatingPoint, "int Log(int x) { return System.Math.ILogB(x); }"),
        (Rule.FloatingPoint, "long Root(long x) { return (long)System.Math.Sqrt(x); }"),
        (Rule.Decimal, "decimal price;"),
        (Rule.Decimal, "object Price() { return 1m; }"),
        (Rule.Checked, "int Add(int a, int b) { return checked(a + b); }"),
        (Rule.Checked, "void Add(int a) { checked { a++; } }"),
        (Rule.DefaultInterfaceMember, "interface ICounter { int Read() { return 0; } }"),
        (Rule.DefaultInterfaceMember, "interface ICounter { int Count => 0; }"),
        (Rule.Iterator, "System.Collections.IEnumerable Steps() { yield return 1; }"),
        (Rule.MutableStaticState, "static int count;"),
        (Rule.MutableStaticState, "static int Count { get; set; }"),
        (Rule.MutableStaticState, "static event System.Action Changed;"),
        (Rule.MutableStaticState, "static readonly int[] A = { 1 }; void Set() { A[0] = 2; }"),
        (Rule.MutableStaticState, "static readonly int[] A = { 1 }; void Set() { A[0]++; }"),
        (Rule.MutableStaticState, "static readonly int[] A = { 1 }; void Set() { int[] b = A; }"),
        (Rule.MutableStaticState, "static readonly int[] A = { 1 }; int[] Get() { return A; }"),
        (Rule.MutableStaticState, "static readonly int[] A = { 1 }; int[] Get() => Snippet.A;"),
        (Rule.MutableStaticState, $"{Array} void Set() {{ System.Array.Clear(A, 0, 1); }}"),
        (Rule.MutableStaticState, $"{Array} void Set(int[] b) {{ System.Array.Copy(b, A, 1); }}"),
        (Rule.MutableStaticState, $"{Array} void Set() {{ System.Array.Reverse(A); }}"),
        (Rule.MutableStaticState, $"{Array} void Set(ref int a) {{ Set(ref A[0]); }}"),
        (Rule.MutableStaticState, $"{Array} void Set() {{ ref int a = ref A[0]; }}"),
        (Rule.MutableStaticState, "static readonly int[][] A = { new[] { 1 } };"),
        (Rule.MutableStaticState, "static readonly System.Collections.ArrayList A;"),
        (Rule.MutableStaticState, "static readonly object Lock = new object();"),
        (Rule.MutableStaticState, "static object One { get; } = new object();"),
        (Rule.SignConversion, "int To(uint value) { return (int)value; }"),
        (Rule.SignConversion, "uint To(int value) { return (uint)value; }"),
        (Rule.SignConversion, "long To(ulong value) { return (long)value; }"),
        (Rule.SignConversion, "ulong To(long value) { return (ulong)value; }"),
        (Rule.SignConversion, "short To(ushort value) { return (short)value; }"),
        (Rule.SignConversion, "short To(char value) { return (short)value; }"),
        (Rule.SignConversion, "sbyte To(byte value) { return (sbyte)value; }"),
        (Rule.SignConversion, "int Masked(uint value) { return (int)(value & 0xFF); }"),
        (Rule.SignConversion, "int To(uint value) { return unchecked((int)value); }"),
        (Rule.SignConversion, "enum E : uint { } int To(E value) { return (int)value; }"),
        (Rule.SignConversion, "void Each(uint[] a) { foreach (int i in a) { } }"),
    ];

    private const string Array = "static readonly int[] A = { 1 };";

    public static TheoryData<string, string> Refused
        => [.. Provocations.Select(row => (row.Rule.ToString(), row.Member))];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses(string rule, string member)
        => Assert.Contains(
            Enum.Parse<Rule>(rule),
            InterpreterGate.InspectText($"class Snippet {{ {member} }}")
                .Select(finding => finding.Rule));

    [Fact]
    public void Every_rule_is_provoked()
        => Assert.Equal(
            Enum.GetValues<Rule>(),
            Provocations.Select(row => row.Rule).Distinct().Order());

    [Theory]
    [InlineData("long To(uint value) { return (int)(long)value; }")]
    [InlineData("byte To(int value) { return (byte)value; }")]
    [InlineData("ulong To(uint value) { return (ulong)value << 32; }")]
    [InlineData("const uint All = unchecked((uint)-1);")]
    [InlineData("System.Action done; event System.EventHandler Changed;")]
    [InlineData("static readonly int[] Table = { 1 }; int First() { return Table[0]; }")]
    [InlineData("static readonly int[] A = { 1 }; int First(int[] a) { return First(A); }")]
    [InlineData("static readonly int[] A = { 1 }; int Count() { return Snippet.A.Length; }")]
    [InlineData($"{Array} void Get(int[] b) {{ System.Array.Copy(A, b, 1); }}")]
    [InlineData("static int Two { get { return 2; } } static int Three => 3;")]
    [InlineData("int[][] jagged; void Each() { foreach (int[] row in jagged) { } }")]
    [InlineData("string Say(object o) { lock (o) { return \"a\" + 1; } }")]
    [InlineData("interface ICounter { int Read(); int Count { get; } }")]
    public void Lets_pass(string member)
        => Assert.Empty(InterpreterGate.InspectText($"class Snippet {{ {member} }}"));

    [Theory]
    [InlineData("Metering", "SignCrossing", true)]
    [InlineData("Metering", "Elsewhere", false)]
    [InlineData("Signing", "SignCrossing", false)]
    public void A_number_changes_its_sign_in_one_named_place(
        string folder, string type, bool allowed)
    {
        var member = "static int ToSigned(uint value) { return (int)value; }";
        var findings = InterpreterGate.InspectText(
            $"namespace Helios.{folder} {{ class {type} {{ {member} }} }}");
        Assert.Equal(allowed, findings.Count == 0);
    }

    [Fact]
    public void The_firmware_is_what_the_interpreter_runs()
        => Assert.Empty(DeviceProject.All.SelectMany(project => DeviceProject.Boards.SelectMany(
            board => InterpreterGate.Inspect(DeviceCompilation.Of(project, board)))));
}
