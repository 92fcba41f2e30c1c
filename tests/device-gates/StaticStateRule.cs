using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helios.Tests.DeviceGates;

/// <summary>
/// What is static never changes: constants, strings, and arrays of numbers or strings that are
/// read element by element, or handed to the firmware's own arithmetic. What a method of the
/// firmware does with an array that it is handed is not followed.
/// </summary>
internal static class StaticStateRule
{
    private const string FrameworkNamespace = "System";

    /// <summary>True if the member keeps a state that can change.</summary>
    public static bool IsBrokenBy(MemberDeclarationSyntax member, SemanticModel model)
        => member.Modifiers.Any(SyntaxKind.StaticKeyword) && member switch
        {
            EventFieldDeclarationSyntax => true,
            FieldDeclarationSyntax field => !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword)
                || !IsConstant(model.GetTypeInfo(field.Declaration.Type).Type),
            PropertyDeclarationSyntax property => property.AccessorList is not null
                && property.AccessorList.Accessors.Any(accessor =>
                    accessor.Body is null && accessor.ExpressionBody is null),
            _ => false,
        };

    /// <summary>True if a name of a static array is used for more than reading it.</summary>
    public static bool IsBrokenBy(SimpleNameSyntax name, SemanticModel model)
        => model.GetSymbolInfo(name).Symbol is IFieldSymbol
        {
            IsStatic: true,
            Type: IArrayTypeSymbol,
        }
            && !IsReading(Whole(name), model);

    private static bool IsConstant(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType is not IArrayTypeSymbol
            && IsConstant(array.ElementType),
        { SpecialType: SpecialType.System_String } => true,
        { TypeKind: TypeKind.Enum } => true,
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_UInt64 } => true,
        _ => false,
    };

    // Type.Name and not Name alone.
    private static ExpressionSyntax Whole(SimpleNameSyntax name)
        => name.Parent is MemberAccessExpressionSyntax access && access.Name == name
            ? access
            : name;

    private static bool IsReading(ExpressionSyntax array, SemanticModel model)
        => array.Parent switch
        {
            ElementAccessExpressionSyntax element => !IsWritten(element),
            MemberAccessExpressionSyntax access => access.Expression == array
                && access.Name.Identifier.ValueText is "Length",
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None)
                && IsLeftAlone(argument, model),
            ForEachStatementSyntax => true,
            _ => false,
        };

    private static bool IsWritten(ElementAccessExpressionSyntax element) => element.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == element,
        PostfixUnaryExpressionSyntax => true,
        PrefixUnaryExpressionSyntax prefix => prefix.IsKind(SyntaxKind.PreIncrementExpression)
            || prefix.IsKind(SyntaxKind.PreDecrementExpression),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };

    // Of the framework's methods only Array.Copy reads, and its first array alone.
    private static bool IsLeftAlone(ArgumentSyntax argument, SemanticModel model)
    {
        var method = model.GetSymbolInfo(argument.Parent!.Parent!).Symbol as IMethodSymbol;
        var owner = method?.ContainingNamespace?.ToDisplayString() ?? FrameworkNamespace;
        return !owner.StartsWith(FrameworkNamespace, StringComparison.Ordinal)
            || (method?.ContainingType.SpecialType == SpecialType.System_Array
                && string.Equals(method.Name, nameof(Array.Copy), StringComparison.Ordinal)
                && ((ArgumentListSyntax)argument.Parent).Arguments.IndexOf(argument) == 0);
    }
}
