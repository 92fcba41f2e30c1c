using System.CommandLine;

namespace Helios.Bench;

/// <summary>The words of `host-relay bench`.</summary>
internal static class BenchCommandLine
{
    /// <param name="refusing">Runs it, and makes a refusal a sentence and an exit code.</param>
    public static Command Create(Func<Func<Task<int>>, Task<int>> refusing)
    {
        var standard = new BenchOptions { Folder = Path.GetTempPath() };
        var meters = Number("--meters", "Meters, a connection each.", standard.Meters);
        var underWay = Number("--under-way", "Readings under way at once.", standard.UnderWay);
        var seconds = Number("--seconds", "Seconds of each measurement.", standard.Seconds);
        var minutes = Number("--minutes", "Long form: one load, a line a minute.", null);
        var chainMeters = Number(
            "--chain-meters", "Readings to bring to the chain.", standard.ChainMeters);
        var postgres = new Option<string?>("--postgres")
        {
            Description = "A server and a user who may create databases: Host=...;Username=...",
        };
        var folder = new Option<string>("--folder")
        {
            Description = "Where the SQLite files go: their disk decides.",
            DefaultValueFactory = _ => standard.Folder,
        };
        var bench = new Command("bench", "Loads relay, broker and chain here and prints figures.")
        {
            meters, underWay, seconds, minutes, chainMeters, postgres, folder,
        };
        bench.SetAction((arguments, ct) => refusing(() => BenchCommand.RunAsync(
            new BenchOptions
            {
                Meters = arguments.GetValue(meters),
                UnderWay = arguments.GetValue(underWay),
                Seconds = arguments.GetValue(seconds),
                Minutes = arguments.GetValue(minutes),
                ChainMeters = arguments.GetValue(chainMeters),
                Postgres = arguments.GetValue(postgres),
                Folder = arguments.GetValue(folder)!,
            },
            Console.Out,
            ct)));
        return bench;
    }

    private static Option<int> Number(string name, string description, int? otherwise)
    {
        var option = new Option<int>(name)
        {
            Description = otherwise is null ? description : $"{description} Default {otherwise}.",
            HelpName = "N",
            DefaultValueFactory = _ => otherwise ?? 0,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"{name} must be a whole number of at least 1.");
            }
        });
        return option;
    }
}
