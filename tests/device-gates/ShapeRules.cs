using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Helios.Tests.DeviceGates;

/// <summary>The rules that the shape of the code decides, whatever its names mean.</summary>
internal static class ShapeRules
{
    public static IEnumerable<InterpreterRule> Of(SyntaxNode node)
    {
        switch (node)
        {
            case TypeParameterListSyntax or GenericNameSyntax:
                yield return InterpreterRule.Generics;
                break;
            case QueryExpressionSyntax:
                yield return InterpreterRule.Linq;
                break;
            case AwaitExpressionSyntax:
                yield return InterpreterRule.Async;
                break;
            case RecordDeclarationSyntax or WithExpressionSyntax:
                yield return InterpreterRule.Record;
                break;
            case StackAllocArrayCreationExpressionSyntax:
            case ImplicitStackAllocArrayCreationExpressionSyntax:
                yield return InterpreterRule.StackAllocation;
                break;
            case YieldStatementSyntax:
                yield return InterpreterRule.Iterator;
                break;
        }

        if (node.IsKind(SyntaxKind.CheckedExpression) || node.IsKind(SyntaxKind.CheckedStatement))
        {
            yield return InterpreterRule.Checked;
        }

        if (node.ChildTokens().Any(token => token.IsKind(SyntaxKind.AsyncKeyword)))
        {
            yield return InterpreterRule.Async;
        }

        if (node.Parent is InterfaceDeclarationSyntax && HasBody(node))
        {
            yield return InterpreterRule.DefaultInterfaceMember;
        }
    }

    private static bool HasBody(SyntaxNode member)
        => member.DescendantNodes().Any(part => part is BlockSyntax or ArrowExpressionClauseSyntax);
}
