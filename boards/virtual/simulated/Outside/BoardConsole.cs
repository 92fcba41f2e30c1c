using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>What the board printed, the last thousand lines of it.</summary>
public sealed class BoardConsole : IConsole
{
    private const int LinesMax = 1000;

    private readonly Queue<string> _lines = new();

    /// <summary>The lines, oldest first.</summary>
    public IEnumerable<string> Lines => _lines;

    /// <inheritdoc/>
    public void WriteLine(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > LinesMax)
        {
            _lines.Dequeue();
        }
    }
}
