using Microsoft.Extensions.Logging;

namespace Helios.Control;

/// <summary>
/// Notices that no new final block comes to all nodes, which releases nothing and looks like a
/// quiet day. Says each such time once, and once that it is over. Not for several threads at once.
/// </summary>
internal sealed class FinalityWatch(ILogger log)
{
    // Two epochs of Ethereum: what is final to one node may be an epoch ahead of another for a
    // moment, and what one address answers may come from several machines.
    private const ulong BlocksBehindMax = 64;

    // At the default interval 20 minutes, in which Ethereum makes blocks final three times.
    private const int LooksMax = 100;

    private Trouble _said;
    private int _looksBehind;
    private int _looksStill;

    private enum Trouble
    {
        None,
        NodeBehind,
        NothingFinal,
    }

    /// <summary>Takes note of one look at the nodes.</summary>
    /// <param name="seen">What they hold for final.</param>
    /// <param name="followed">What all of them held for final before; null: nothing yet.</param>
    /// <returns>Whether a node is so far or so long behind that it was said.</returns>
    public bool IsNodeBehind(FinalBlocks seen, FollowedBlock? followed)
    {
        var number = seen.ToAll.Number;
        var known = Math.Max(seen.NewestNumber, followed?.Number ?? 0);
        var isStill = number <= followed?.Number;
        _looksStill = isStill ? Math.Min(_looksStill + 1, LooksMax) : 0;
        _looksBehind = isStill && number < known ? Math.Min(_looksBehind + 1, LooksMax) : 0;

        var trouble = known - number > BlocksBehindMax || _looksBehind == LooksMax
            ? Trouble.NodeBehind
            : _looksStill == LooksMax ? Trouble.NothingFinal : Trouble.None;
        if (trouble != _said)
        {
            _said = trouble;
            Say(trouble, seen, known);
        }

        return trouble == Trouble.NodeBehind;
    }

    private void Say(Trouble trouble, FinalBlocks seen, ulong known)
    {
        var number = seen.ToAll.Number;
        switch (trouble)
        {
            case Trouble.NodeBehind:
                log.NodeBehind(seen.Slowest, known - number, number);
                break;
            case Trouble.NothingFinal:
                log.NothingFinal(number, LooksMax, seen.Slowest);
                break;
            default:
                log.FinalAgain(number);
                break;
        }
    }
}
