namespace Helios.Tests.Circle.Histories;

/// <summary>
/// The plain chain block by block, a call each, so that it can be undone; every call is a step of
/// the trace.
/// </summary>
/// <param name="genesis">The meter is enrolled, and its owner has coins.</param>
/// <param name="trace">Takes the steps.</param>
internal sealed class Blocks(PlainChain genesis, Trace trace)
{
    /// <summary>Blocks on top of one that is final.</summary>
    public const int Confirmations = 6;

    /// <summary>The deepest reorg: less than what is final.</summary>
    public const int DepthMax = 5;

    private readonly List<(PlainChain After, TraceStep? Step)> _blocks = [(genesis, null)];
    private int _final;

    public PlainChain Newest => _blocks[^1].After;

    /// <summary>What was final once stays so: no reorg reaches it.</summary>
    public PlainChain Final
    {
        get
        {
            _final = Math.Max(_final, _blocks.Count - 1 - Confirmations);
            return _blocks[_final].After;
        }
    }

    /// <summary>Empty blocks.</summary>
    public void Mine(int count, ulong time)
    {
        for (var i = 0; i < count; i++)
        {
            _blocks.Add((At(time), null));
        }
    }

    /// <summary>A block with one call.</summary>
    public void Send(TraceAction action, ulong time, byte[] arguments, Action<PlainChain> effect)
    {
        var after = At(time);
        effect(after);
        TraceStep step = new(action, after.Time, arguments) { After = after };
        trace.Add(step);
        _blocks.Add((after, step));
    }

    /// <summary>The newest blocks are undone, and what they contained is forgotten.</summary>
    public void Reorganise(int depth, ulong time)
    {
        depth = Math.Min(depth, _blocks.Count - 1 - _final);
        var undone = _blocks[^depth..].Select(static block => block.Step)
            .FirstOrDefault(static step => step is not null);
        _blocks.RemoveRange(_blocks.Count - depth, depth);
        if (undone is not null)
        {
            var after = At(time);
            trace.Add(new TraceStep(TraceAction.Reorganise, after.Time, [])
            {
                After = after,
                Undone = undone,
            });
        }
    }

    private PlainChain At(ulong time)
    {
        var copy = Newest.Copy();
        copy.Time = Math.Max(copy.Time, time);
        return copy;
    }
}
