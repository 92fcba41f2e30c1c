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
    [Fact]
    public void Fits_the_interpreters_limits_of_a_method()
    {
        using var module = ModuleDefinition.ReadModule(typeof(SigningKey).Assembly.Location);
        var bodies = module.GetAllTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .Select(method => method.Body)
            .ToArray();
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
}
