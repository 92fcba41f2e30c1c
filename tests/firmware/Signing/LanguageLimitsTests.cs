using Helios.Signing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Helios.Tests.Firmware.Signing;

/// <summary>
/// Helios.Firmware.dll asks for nothing that nanoFramework's interpreter and class library lack:
/// what compiles for .NET need not load there.
/// </summary>
public sealed class LanguageLimitsTests
{
    // Members of nanoFramework.CoreLibrary 1.17.11 (lib-CoreLibrary,
    // nanoFramework.CoreLibrary/System), as far as the firmware uses them. More may be added if
    // they are there.
    private static readonly string[] AllowedMembers =
    [
        "System.ArgumentException::.ctor(System.String,System.String)",
        "System.Array::Clear(System.Array,System.Int32,System.Int32)",
        "System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)",
        "System.InvalidOperationException::.ctor()",
        "System.Object::.ctor()",
        "System.Runtime.CompilerServices.RuntimeHelpers::InitializeArray"
            + "(System.Array,System.RuntimeFieldHandle)",
        "System.String::.ctor(System.Char[])",
        "System.String::Concat(System.String,System.String)",
        "System.String::Concat(System.String,System.String,System.String)",
        "System.String::Concat(System.String,System.String,System.String,System.String)",
        "System.String::Equals(System.String,System.String)",
        "System.String::IndexOf(System.Char)",
        "System.String::Substring(System.Int32)",
        "System.String::Substring(System.Int32,System.Int32)",
        "System.String::get_Chars(System.Int32)",
        "System.String::get_Length()",
        "System.String::op_Equality(System.String,System.String)",
        "System.Threading.Monitor::Enter(System.Object,System.Boolean&)",
        "System.Threading.Monitor::Exit(System.Object)",
    ];

    private static readonly string[] RefusedParts =
        [".ovf", ".r4", ".r8", "conv.r.un", "localloc", "calli"];

    private static readonly ModuleDefinition Module =
        ModuleDefinition.ReadModule(typeof(SigningKey).Assembly.Location);

    private static IEnumerable<MethodDefinition> Methods
        => Module.GetAllTypes().SelectMany(type => type.Methods);

    [Fact]
    public void Uses_only_members_of_the_class_library_that_the_device_has()
    {
        // Attributes that the host's build adds do not reach the device.
        var foreign = Module.GetMemberReferences()
            .Where(member => !member.DeclaringType.Name
                .EndsWith("Attribute", StringComparison.Ordinal))
            .Select(member => member.FullName[(member.FullName.IndexOf(' ') + 1)..])
            .Except(AllowedMembers, StringComparer.Ordinal);
        Assert.Empty(foreign);
    }

    [Fact]
    public void Has_no_generics()
    {
        Assert.DoesNotContain(Module.GetAllTypes(), type => type.HasGenericParameters);
        Assert.DoesNotContain(Methods, method => method.HasGenericParameters);
        Assert.DoesNotContain(Module.GetTypeReferences(), type => type.Name.Contains('`'));
        Assert.Empty(Operands().OfType<GenericInstanceMethod>());
        Assert.DoesNotContain(
            Operands().OfType<TypeReference>().Concat(Types()), type => type.IsGenericInstance);
    }

    [Fact]
    public void Has_no_floating_point_no_overflow_checks_and_no_stack_allocation()
    {
        var found = Methods.Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.OpCode.Name)
            .Where(name => RefusedParts
                .Any(part => name.Contains(part, StringComparison.Ordinal)));
        Assert.Empty(found);
    }

    [Fact]
    public void Has_no_multidimensional_arrays_and_no_default_interface_methods()
    {
        Assert.DoesNotContain(Types().OfType<ArrayType>(), array => array.Rank > 1);
        Assert.DoesNotContain(
            Methods, method => method.DeclaringType.IsInterface && method.HasBody);
    }

    [Fact]
    public void Keeps_no_static_state()
    {
        Assert.Empty(Module.GetAllTypes()
            .SelectMany(type => type.Fields)
            .Where(field => field.IsStatic && !field.IsInitOnly && !field.IsLiteral)
            .Select(field => field.FullName));
    }

    [Fact]
    public void Fits_the_interpreters_limits_of_a_method()
    {
        // Branches have 16 bits with sign, a switch has a count of 8 bits.
        foreach (var method in Methods.Where(method => method.HasBody))
        {
            Assert.InRange(method.Body.CodeSize, 0, short.MaxValue);
            var switches = method.Body.Instructions
                .Where(instruction => instruction.OpCode == OpCodes.Switch)
                .Select(instruction => (Instruction[])instruction.Operand);
            Assert.All(switches, targets => Assert.InRange(targets.Length, 0, 255));
        }
    }

    private static IEnumerable<object> Operands()
        => Methods.Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Select(instruction => instruction.Operand)
            .Where(operand => operand is not null);

    private static IEnumerable<TypeReference> Types()
        => Methods.SelectMany(method => method.Parameters
                .Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType)
                .Concat(method.HasBody
                    ? method.Body.Variables.Select(variable => variable.VariableType)
                    : []))
            .Concat(Module.GetAllTypes()
                .SelectMany(type => type.Fields)
                .Select(field => field.FieldType));
}
