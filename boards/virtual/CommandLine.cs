using System.CommandLine;
using System.Numerics;

namespace Helios.Boards.Virtual;

/// <summary>The command line of the virtual board.</summary>
public sealed class CommandLine
{
    private static readonly TimeSpan CleanEndMax = TimeSpan.FromSeconds(10);
    private static readonly NeighbourhoodOptions Defaults = new();

    private readonly Option<string[]> _pv = new("--pv")
    {
        Description = "Measured power in watts, a CSV file with the time in its first column. "
            + "May be repeated: the producers take the files in turn. Without it: the second of "
            + "--columns, else a clear sky.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _column = new("--column")
    {
        Description = "The column of the file before it that holds watts.",
        HelpName = "NAME",
    };

    private readonly Option<uint> _impulsesPerKwh = Number(
        "--imp-per-kwh", "Impulse constant of every meter, imp/kWh.", Defaults.ImpulsesPerKwh);

    private readonly Option<int> _meters = Number(
        "--meters", "Number of meters that feed out.", Defaults.Meters);

    private readonly Option<int?> _consumers = OptionalNumber(
        "--consumers",
        "Number of meters that take in what coins were redeemed for. "
            + $"Default: {Defaults.Consumers}; with --pv and without --house 0.");

    private readonly Option<string?> _house = new("--house")
    {
        Description = "A household's measured mean power in kilowatts, a CSV file with the time "
            + "in its first column. Without it consumers play an invented load.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "Two columns of --house, kilowatts of 0 or more: what consumers take in, "
            + "what producers feed out.",
        HelpName = "IN,OUT",
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day of --house to play. Default: its first.",
        HelpName = "YYYY-MM-DD",
    };

    private readonly Option<int?> _days = OptionalNumber(
        "--days",
        "How many days of --house to play. "
            + $"Default: {MeasuredHouse.DaysUnlessTold}, or what there is.");

    private readonly Option<string?> _speed = new("--speed")
    {
        Description = $"Simulated seconds in a real one, or {OptionValues.AsFastAsPossible}. "
            + $"Default: {Defaults.Speed}; with --once {OptionValues.AsFastAsPossible}.",
        HelpName = "FACTOR",
    };

    private readonly Option<uint> _whPerCoin = Number(
        "--wh-per-coin", "Energy of one coin in Wh; must divide 10^18.", Defaults.WhPerCoin);

    private readonly Option<uint> _ratedPowerW = Number(
        "--rated-power", "Electrical maximum of each connection in W.", Defaults.RatedPowerW);

    private readonly Option<ushort> _brokerPort = Number(
        "--broker-port", "TCP port of the broker; 0 takes a free one.", Defaults.BrokerPort);

    private readonly Option<string> _board = new("--board")
    {
        Description = $"Where each board has its key: {OptionValues.InFiles}, or "
            + $"{OptionValues.InElement} for a simulated secure element on its bus.",
        HelpName = "KEY",
        DefaultValueFactory = _ => OptionValues.InFiles,
    };

    private readonly Option<bool> _once = new("--once")
    {
        Description = "Run the series once, wait until everything is settled, reconcile, exit.",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "With --once: print the reconciliation as one JSON object.",
    };

    /// <summary>Parses the arguments and runs.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="run">Runs a neighbourhood and returns the exit code.</param>
    /// <returns>The exit code: that of the run, 2 for arguments that are wrong.</returns>
    public async Task<int> RunAsync(
        string[] args, Func<NeighbourhoodOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand(
            "A neighbourhood of virtual Helios boards on this computer: measured power becomes "
            + "impulses, signed readings and coins on a local chain.")
        {
            _pv, _column, _meters, _consumers, _house, _columns, _from, _days, _impulsesPerKwh,
            _speed, _whPerCoin, _ratedPowerW, _brokerPort, _board, _once, _json,
        };
        root.SetAction((parsed, cancellation) => run(ToOptions(parsed), cancellation));

        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            throw new BadInputException(
                $"{result.Errors[0].Message.TrimEnd('.')}; --help lists the options.");
        }

        return await result.InvokeAsync(
            new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = CleanEndMax,
            });
    }

    private static Option<T> Number<T>(string name, string description, T defaultValue)
        where T : struct, IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => OptionValues.ToNumber<T>(name, result),
        };

    private static Option<int?> OptionalNumber(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = result => OptionValues.ToNumber<int>(name, result),
    };

    private NeighbourhoodOptions ToOptions(ParseResult parsed)
    {
        var once = parsed.GetValue(_once);
        var measured = OptionValues.ToMeasured(
            parsed.GetValue(_pv) ?? [], parsed.GetValue(_column) ?? []);
        var house = ToHouse(parsed);
        var consumers = measured.Length > 0 && house is null ? 0 : Defaults.Consumers;
        var options = new NeighbourhoodOptions
        {
            Measured = measured,
            House = house,
            ImpulsesPerKwh = OptionValues.Within(
                _impulsesPerKwh.Name, parsed.GetValue(_impulsesPerKwh), 1, 100_000),
            Meters = (int)OptionValues.Within(_meters.Name, parsed.GetValue(_meters), 1, 10_000),
            Consumers = (int)OptionValues.Within(
                _consumers.Name, parsed.GetValue(_consumers) ?? consumers, 0, 1_000),
            Speed = OptionValues.ToSpeed(
                parsed.GetValue(_speed), once ? null : Defaults.Speed),
            WhPerCoin = OptionValues.ToWhPerCoin(parsed.GetValue(_whPerCoin)),
            RatedPowerW = OptionValues.Within(
                _ratedPowerW.Name, parsed.GetValue(_ratedPowerW), 1, 40_000),
            BrokerPort = parsed.GetValue(_brokerPort),
            HasElements = OptionValues.ToHasElement(parsed.GetValue(_board)!),
            Once = once,
            Json = parsed.GetValue(_json),
        };
        options.Check();
        return options;
    }

    private MeasuredHouse? ToHouse(ParseResult parsed)
    {
        if (parsed.GetValue(_house) is not { } file)
        {
            return new Option[] { _columns, _from, _days }
                .FirstOrDefault(option => parsed.GetResult(option) is not null) is { } lost
                    ? throw new BadInputException(
                        $"{lost.Name} chooses from --house; give the household's file too.")
                    : null;
        }

        var columns = parsed.GetValue(_columns)?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        return columns.Length == 2
            ? new MeasuredHouse(
                file,
                columns[0],
                columns[1],
                OptionValues.ToDay(parsed.GetValue(_from)),
                parsed.GetValue(_days) is { } days
                    ? (int)OptionValues.Within(_days.Name, days, 1, 3_660)
                    : null)
            : throw new BadInputException(
                "--house needs --columns with two names and a comma between: what is taken in, "
                + "what is fed out.");
    }
}
