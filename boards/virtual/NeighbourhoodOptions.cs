namespace Helios.Boards.Virtual;

/// <summary>What the person at the command line asked for, checked.</summary>
public sealed record NeighbourhoodOptions
{
    /// <summary>
    /// Fastest S0 output: 30 ms on and 30 ms off (IEC 62053-31), impulses in a minute.
    /// </summary>
    public const uint ImpulsesPerMinuteMax = 1000;

    /// <summary>
    /// Measured series that the producers take in turn; none means the house's generation, or a
    /// computed clear sky.
    /// </summary>
    public IReadOnlyList<MeasuredColumn> Measured { get; init; } = [];

    /// <summary>
    /// The measured household that consumers play; none means an invented load.
    /// </summary>
    public MeasuredHouse? House { get; init; }

    /// <summary>Impulse constant of every meter, imp/kWh, 1 to 100,000.</summary>
    public uint ImpulsesPerKwh { get; init; } = 1000;

    /// <summary>Number of meters that feed out, 1 to 10,000.</summary>
    public int Meters { get; init; } = 3;

    /// <summary>Number of meters that take in what coins were redeemed for, 0 to 1,000.</summary>
    public int Consumers { get; init; } = 3;

    /// <summary>Simulated seconds in a real one; null is as fast as possible.</summary>
    public double? Speed { get; init; } = 600;

    /// <summary>Energy of one coin, Wh; divides 10^18.</summary>
    public uint WhPerCoin { get; init; } = 1000;

    /// <summary>Electrical maximum of each connection, W. 25 A on three phases of 230 V.</summary>
    public uint RatedPowerW { get; init; } = 17_250;

    /// <summary>What the meters are enrolled with, W: the fuse and 10 % more.</summary>
    public uint EnrolledPowerW => RatedPowerW + (RatedPowerW / 10) + 1;

    /// <summary>
    /// The most that may be open for a meter, Wh: some days of a household, and well above what a
    /// wallet redeems at once.
    /// </summary>
    public uint MaxOpenWh { get; init; } = 100_000;

    /// <summary>TCP port of the embedded broker; 0 takes a free one.</summary>
    public ushort BrokerPort { get; init; }

    /// <summary>Every board has a secure element for its key, not files.</summary>
    public bool HasElements { get; init; }

    /// <summary>Run the series once, settle, reconcile and end.</summary>
    public bool Once { get; init; }

    /// <summary>Print the reconciliation as one JSON object and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>Checks what no single option can.</summary>
    /// <exception cref="BadInputException">Two options do not fit together.</exception>
    public void Check()
    {
        if (Json && !Once)
        {
            throw new BadInputException("--json prints the reconciliation of a run; add --once.");
        }

        if ((ulong)RatedPowerW * ImpulsesPerKwh > (ulong)ImpulsesPerMinuteMax * 60_000)
        {
            throw new BadInputException(
                $"{RatedPowerW} W at {ImpulsesPerKwh} imp/kWh are more than the "
                + $"{ImpulsesPerMinuteMax} impulses a minute that an S0 output makes; "
                + "lower --imp-per-kwh or --rated-power.");
        }
    }
}
