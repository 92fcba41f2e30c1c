using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helios.Tests.DeviceGates;

/// <summary>The rules that the types and symbols behind the code decide.</summary>
internal sealed class TypeRules(SemanticModel model)
{
    /// <summary>
    /// The one type in which a number may change its sign at the same width. The pure folders need
    /// none; whoever writes it runs it on the interpreter first.
    /// </summary>
    private const string SignCrossing = "Helios.Metering.SignCrossing";

    public IEnumerable<InterpreterRule> Of(SyntaxNode node)
    {
        if (node is UsingDirectiveSyntax { Name: { } name } && IsLinq(name.ToString()))
        {
            return [InterpreterRule.Linq];
        }

        if (node is ForEachStatementSyntax loop)
        {
            var element = model.GetForEachStatementInfo(loop).ElementType;
            return SignRules(loop, element, model.GetTypeInfo(loop.Type).Type);
        }

        if (node is MemberDeclarationSyntax member && StaticStateRule.IsBrokenBy(member, model))
        {
            return [InterpreterRule.MutableStaticState];
        }

        if (node is not ExpressionSyntax expression)
        {
            return [];
        }

        var types = model.GetTypeInfo(expression);
        return RulesOf(types.Type)
            .Concat(RulesOf(types.ConvertedType))
            .Concat(RulesOf(model.GetSymbolInfo(expression).Symbol as IMethodSymbol))
            .Concat(expression is SimpleNameSyntax use && StaticStateRule.IsBrokenBy(use, model)
                ? [InterpreterRule.MutableStaticState]
                : [])
            .Concat(expression is CastExpressionSyntax cast
                ? SignRules(cast, model.GetTypeInfo(cast.Expression).Type, types.Type)
                : []);
    }

    private static IEnumerable<InterpreterRule> RulesOf(ITypeSymbol? type) => type switch
    {
        null => [],
        IArrayTypeSymbol { Rank: > 1 } => [InterpreterRule.MultidimensionalArray],
        IArrayTypeSymbol array => RulesOf(array.ElementType),
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double }
            => [InterpreterRule.FloatingPoint],
        { SpecialType: SpecialType.System_Decimal } => [InterpreterRule.Decimal],
        { IsTupleType: true } => [InterpreterRule.Tuple],
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            => [InterpreterRule.NullableValue],
        INamedTypeSymbol { IsGenericType: true, TypeKind: TypeKind.Delegate }
            => [InterpreterRule.GenericDelegate],
        INamedTypeSymbol { IsGenericType: true } => [InterpreterRule.Generics],
        _ => [],
    };

    private static IEnumerable<InterpreterRule> RulesOf(IMethodSymbol? method)
    {
        if (method is { IsGenericMethod: true })
        {
            yield return InterpreterRule.Generics;
        }

        if (method is not null && IsLinq(method.ContainingNamespace?.ToDisplayString()))
        {
            yield return InterpreterRule.Linq;
        }
    }

    private static bool IsLinq(string? name)
        => name is not null && name.StartsWith("System.Linq", StringComparison.Ordinal);

    // A constant is converted by the compiler: nothing is left to do at run time.
    private IEnumerable<InterpreterRule> SignRules(
        SyntaxNode place, ITypeSymbol? from, ITypeSymbol? to)
        => IntegerShape.Of(from) is { } source
            && IntegerShape.Of(to) is { } target
            && source.Bits == target.Bits
            && source.IsSigned != target.IsSigned
            && !model.GetConstantValue(place).HasValue
            && !IsInTheCrossing(place)
                ? [InterpreterRule.SignConversion]
                : [];

    private bool IsInTheCrossing(SyntaxNode place)
        => string.Equals(
            model.GetEnclosingSymbol(place.SpanStart)?.ContainingType?.ToDisplayString(),
            SignCrossing,
            StringComparison.Ordinal);
}
