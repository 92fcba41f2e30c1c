using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Helios.Boards.Virtual;

/// <summary>The command line of the virtual board.</summary>
public sealed class CommandLine
{
    private const string AsFastAsPossible = "max";
    private static readonly TimeSpan CleanEndMax = TimeSpan.FromSeconds(10);
    private static readonly NeighbourhoodOptions Defaults = new();

    private readonly Option<string[]> _pv = new("--pv")
    {
        Description = "Measured power in watts, a CSV file with the time in its first column. "
            + "May be repeated: the meters take the files in turn. Without it: a clear sky.",
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
        "--meters", "Number of meters.", Defaults.Meters);

    private readonly Option<string?> _speed = new("--speed")
    {
        Description = $"Simulated seconds in a real one, or {AsFastAsPossible}. "
            + $"Default: {Defaults.Speed}; with --once {AsFastAsPossible}.",
        HelpName = "FACTOR",
    };

    private readonly Option<uint> _whPerCoin = Number(
        "--wh-per-coin", "Energy of one coin in Wh; must divide 10^18.", Defaults.WhPerCoin);

    private readonly Option<uint> _ratedPowerW = Number(
        "--rated-power", "Electrical maximum of each connection in W.", Defaults.RatedPowerW);

    private readonly Option<ushort> _brokerPort = Number(
        "--broker-port", "TCP port of the broker; 0 takes a free one.", Defaults.BrokerPort);

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
            _pv, _column, _impulsesPerKwh, _meters, _speed, _whPerCoin, _ratedPowerW,
            _brokerPort, _once, _json,
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
        where T : IBinaryInteger<T> => new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result =>
            {
                if (!T.TryParse(
                    result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value))
                {
                    result.AddError($"{name} {result.Tokens[0].Value} is no number of its range");
                }

                return value;
            },
        };

    private NeighbourhoodOptions ToOptions(ParseResult parsed)
    {
        var once = parsed.GetValue(_once);
        var options = new NeighbourhoodOptions
        {
            Measured = ToMeasured(parsed.GetValue(_pv) ?? [], parsed.GetValue(_column) ?? []),
            ImpulsesPerKwh = Within(
                _impulsesPerKwh.Name, parsed.GetValue(_impulsesPerKwh), 1, 100_000),
            Meters = (int)Within(_meters.Name, parsed.GetValue(_meters), 1, 10_000),
            Speed = ToSpeed(parsed.GetValue(_speed), once),
            WhPerCoin = ToWhPerCoin(parsed.GetValue(_whPerCoin)),
            RatedPowerW = Within(_ratedPowerW.Name, parsed.GetValue(_ratedPowerW), 1, 40_000),
            BrokerPort = parsed.GetValue(_brokerPort),
            Once = once,
            Json = parsed.GetValue(_json),
        };
        options.Check();
        return options;
    }

    private static MeasuredColumn[] ToMeasured(string[] files, string[] columns)
    {
        if (files.Length != columns.Length)
        {
            throw new BadInputException(
                $"--pv was given {files.Length} time(s) and --column {columns.Length} time(s); "
                + "each file needs the name of its column.");
        }

        return [.. files.Zip(columns, (file, column) => new MeasuredColumn(file, column))];
    }

    private static double? ToSpeed(string? text, bool once)
    {
        if (text is null)
        {
            return once ? null : Defaults.Speed;
        }

        if (string.Equals(text, AsFastAsPossible, StringComparison.Ordinal))
        {
            return null;
        }

        return double.TryParse(text, CultureInfo.InvariantCulture, out var speed)
            && speed is >= 1 and <= 1_000_000
            ? speed
            : throw new BadInputException(
                $"--speed {text} is no factor; give a number from 1 to 1000000, or "
                + $"{AsFastAsPossible}.");
    }

    private static uint ToWhPerCoin(uint value)
    {
        const ulong UnitsPerCoin = 1_000_000_000_000_000_000;
        return value is > 0 and <= 1_000_000 && UnitsPerCoin % value == 0
            ? value
            : throw new BadInputException(
                $"--wh-per-coin {value} does not divide 10^18 or is above 1000000; "
                + "give a number like 100 or 1000.");
    }

    private static uint Within(string option, long value, uint lowest, uint highest) =>
        value >= lowest && value <= highest
            ? (uint)value
            : throw new BadInputException(
                $"{option} {value} is out of range; give a number from {lowest} to {highest}.");
}
