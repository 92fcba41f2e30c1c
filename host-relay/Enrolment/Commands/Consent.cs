namespace Helios.Enrolling;

/// <summary>A person's yes to what cannot be undone.</summary>
/// <param name="IsGiven">It was given with the command.</param>
/// <param name="Input">Where the answer comes from.</param>
/// <param name="Output">Where the question goes.</param>
internal sealed record Consent(bool IsGiven, TextReader Input, TextWriter Output)
{
    /// <summary>Asks, unless it is given.</summary>
    /// <exception cref="BadInputException">The answer is not yes.</exception>
    public void Ask(string question)
    {
        if (IsGiven)
        {
            return;
        }

        Output.Write($"{question} Type yes: ");
        if (!string.Equals(Input.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInputException("Nothing was sent: answer yes to send it, or give --yes.");
        }
    }
}
