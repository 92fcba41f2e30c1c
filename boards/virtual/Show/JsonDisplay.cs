using System.Text.Json;
using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;

namespace Helios.Boards.Virtual.Show;

/// <summary>Prints the books as one JSON object and nothing else.</summary>
internal sealed class JsonDisplay : Display
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    public override void Starting(PlayedSeries series)
    {
    }

    public override void Started(Neighbourhood neighbourhood)
    {
    }

    public override Task RunAsync(Neighbourhood neighbourhood, CancellationToken cancellation) =>
        Task.CompletedTask;

    public override void Reconciled(Report report) =>
        Console.WriteLine(JsonSerializer.Serialize(report, Format));
}
