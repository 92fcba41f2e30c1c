using Microsoft.CodeAnalysis;

namespace Helios.Tests.DeviceGates;

/// <summary>
/// What an assembly offers to whoever compiles against it, a line a thing: types with what they
/// derive from, members with types, parameter names and default values.
/// </summary>
internal static class PublicApi
{
    // Without annotations for null, which the device's libraries hardly have.
    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.CSharpErrorMessageFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue)
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeConstantValue);

    public static IEnumerable<string> Of(IAssemblySymbol assembly)
        => TypesIn(assembly.GlobalNamespace).SelectMany(Lines);

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
        => container.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol inner => TypesIn(inner),
            INamedTypeSymbol type when IsOffered(type) => TypesIn(type).Prepend(type),
            _ => [],
        });

    private static IEnumerable<string> Lines(INamedTypeSymbol type)
    {
        var name = $"{type.TypeKind} {type.ToDisplayString(Full)}";
        yield return name;
        foreach (var parent in Parents(type))
        {
            yield return $"{name} : {parent}";
        }

        var members = type.DelegateInvokeMethod is { } invoke
            ? [invoke]
            : type.GetMembers().Where(IsOffered).Where(IsDeclared);
        foreach (var member in members)
        {
            var access = member.IsStatic ? "static" : "instance";
            yield return $"{access} {member.ToDisplayString(Full)}";
        }
    }

    // What joins the host's packages to their board is not for the firmware.
    private static IEnumerable<string> Parents(INamedTypeSymbol type)
        => type.Interfaces
            .Append(type.BaseType)
            .Where(parent => parent is
            {
                SpecialType: SpecialType.None or SpecialType.System_IDisposable,
            })
            .Select(parent => parent!.ToDisplayString(Full))
            .Where(parent => !parent.StartsWith("Helios.", StringComparison.Ordinal));

    private static bool IsOffered(ISymbol symbol)
        => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
            or Accessibility.ProtectedOrInternal;

    // A struct's own constructor without parameters, and Object's finalizer, are no offers.
    private static bool IsDeclared(ISymbol member)
        => member is not INamedTypeSymbol
            && member is not IMethodSymbol { MethodKind: MethodKind.Destructor }
            && member is not IMethodSymbol
            {
                MethodKind: MethodKind.Constructor,
                Parameters.Length: 0,
                ContainingType.IsValueType: true,
            };
}
