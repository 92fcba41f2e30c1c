using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual.Show;

/// <summary>What a person, or a program, sees of a run.</summary>
public abstract class Display
{
    /// <summary>
    /// A live table on a terminal, lines elsewhere, and with --json only the books.
    /// </summary>
    public static Display For(NeighbourhoodOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Json)
        {
            return new JsonDisplay();
        }

        var isAnybodyConsuming = options.Consumers > 0;
        return Console.IsOutputRedirected
            ? new LineDisplay(isAnybodyConsuming)
            : new TableDisplay(isAnybodyConsuming);
    }

    /// <summary>Says what is about to be played.</summary>
    public abstract void Starting(PlayedSeries series);

    /// <summary>Says where everything is, and how to take part.</summary>
    public abstract void Started(Neighbourhood neighbourhood);

    /// <summary>Shows the neighbourhood until it is cancelled.</summary>
    public abstract Task RunAsync(Neighbourhood neighbourhood, CancellationToken cancellation);

    /// <summary>Shows the books.</summary>
    public abstract void Reconciled(Report report);
}
