using Helios.Signing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Helios.Tests.Firmware;

/// <summary>
/// What only the compiled code shows of nanoFramework's limits. The language and the class library
/// are judged at the source, in tests/device-gates and tests/device-api.
/// </summary>
public sealed class MethodLimitsTests
{
    // The metadata processor refuses an assembly whose byte code does not fit 16 bits. It takes up
    // to 1.5 % more than the instructions; a Debug build, which is Visual Studio's default, had
    // 8 % more than Release.
    private const int ByteCodeMax = (int)(ushort.MaxValue / 1.015 / 1.08);

    /// <summary>The host has one assembly; each of these is one of the device.</summary>
    [Theory]
    [InlineData("Helios.Metering", "Helios.Signing")]
    [InlineData("Helios.Messaging")]
    [InlineData("Helios.Supply")]
    [InlineData("Helios.Element")]
    public void Fits_the_byte_code_of_one_assembly_as_Debug_too(params string[] namespaces)
        => Assert.InRange(
            Bodies()
                .Where(body => namespaces.Contains(Outermost(body.Method.DeclaringType).Namespace))
                .Sum(ByteCodeLength),
            1,
            ByteCodeMax);

    [Fact]
    public void Fits_the_interpreters_limits_of_a_method()
    {
        var bodies = Bodies();
        Assert.NotEmpty(bodies);

        // Branches have 16 bits with sign, a switch has a count of 8 bits.
        foreach (var body in bodies)
        {
            Assert.InRange(body.CodeSize, 0, short.MaxValue);
            var switches = body.Instructions
                .Where(instruction => instruction.OpCode == OpCodes.Switch)
                .Select(instruction => (Instruction[])instruction.Operand);
            Assert.All(switches, targets => Assert.InRange(targets.Length, 0, 255));
        }
    }

    private static MethodBody[] Bodies()
        => [.. ModuleDefinition.ReadModule(typeof(SigningKey).Assembly.Location)
            .GetAllTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .Select(method => method.Body)];

    private static TypeDefinition Outermost(TypeDefinition type)
        => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static int ByteCodeLength(MethodBody body)
        => body.Instructions.Sum(one => one.OpCode.Size + OperandLength(one))
            + (body.HasExceptionHandlers ? 1 + (8 * body.ExceptionHandlers.Count) : 0);

    // Tokens, branches and the targets of a switch are halved against ECMA-335.
    private static int OperandLength(Instruction one) => one.OpCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.InlineSwitch => 1 + (2 * ((Instruction[])one.Operand).Length),
        OperandType.InlineI or OperandType.ShortInlineR => 4,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI => 1,
        OperandType.ShortInlineVar or OperandType.ShortInlineArg => 1,
        _ => 2,
    };
}
