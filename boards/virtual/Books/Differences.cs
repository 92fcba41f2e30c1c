namespace Helios.Boards.Virtual.Books;

/// <summary>Every place where two books disagree, each in one sentence.</summary>
internal sealed class Differences
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Equal<T>(string where, string leftName, T left, string rightName, T right)
        where T : IEquatable<T>
    {
        if (!left.Equals(right))
        {
            _found.Add($"{where}: {leftName} are {left}, but {rightName} {right}");
        }
    }

    public void AtMost<T>(string where, string leftName, T left, string rightName, T right)
        where T : IComparable<T>
    {
        if (left.CompareTo(right) > 0)
        {
            _found.Add($"{where}: {leftName} are {left}, above {rightName} {right}");
        }
    }
}
