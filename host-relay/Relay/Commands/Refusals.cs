namespace Helios.Relay;

/// <summary>What a command refused of many things, while it took the others.</summary>
internal static class Refusals
{
    /// <summary>A line each on standard error, and the exit code that they make.</summary>
    public static int Tell(IReadOnlyCollection<string> refusals)
    {
        foreach (var refusal in refusals)
        {
            Console.Error.WriteLine(refusal);
        }

        return refusals.Count == 0 ? 0 : ExitCodes.Mistake;
    }
}
