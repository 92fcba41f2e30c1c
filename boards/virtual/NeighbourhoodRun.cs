using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;
using Helios.Boards.Virtual.Show;
using Helios.Chain;

namespace Helios.Boards.Virtual;

/// <summary>
/// One run of a neighbourhood as a person sees it, from the options to the exit code.
/// </summary>
public static class NeighbourhoodRun
{
    private const double PeakPowerW = 5000;
    private static readonly TimeSpan CtrlCDelayMax = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the series ends (--once) or it is cancelled.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellation">Ends the run cleanly.</param>
    /// <returns>0; 1 if the books disagree.</returns>
    public static async Task<int> RunAsync(
        NeighbourhoodOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var series = ReadSeries(options);
        try
        {
            return await RunAsync(options, series, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C reaches anvil and forge too: whatever they fail with now is part of the end.
            return 0;
        }
        catch (NodeUnreachableException)
        {
            // It may reach anvil first.
            await Task.Delay(CtrlCDelayMax, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return 0;
            }

            throw;
        }
    }

    private static PowerSeries[] ReadSeries(NeighbourhoodOptions options) =>
        options.Measured.Count == 0
            ? [ClearSkyDay.Compute(DateOnly.FromDateTime(DateTime.UtcNow), PeakPowerW)]
            : [.. options.Measured.Select(measured => MeasuredPower.Read(
                measured.File, measured.Column, options.RatedPowerW))];

    private static async Task<int> RunAsync(
        NeighbourhoodOptions options, PowerSeries[] series, CancellationToken cancellation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var display = Display.For(options);
        display.Starting(series);
        await using var neighbourhood = await Neighbourhood.StartAsync(
            options, series, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var showing = display.RunAsync(neighbourhood, end.Token);
        try
        {
            await await Task.WhenAny(
                SimulateAsync(neighbourhood, end.Token), neighbourhood.Failure);
        }
        finally
        {
            await end.CancelAsync();
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var report = await Audit.RunAsync(neighbourhood, watch.Elapsed, cancellation);
        display.Reconciled(report);
        return report.Reconciled ? 0 : 1;
    }

    private static async Task SimulateAsync(
        Neighbourhood neighbourhood, CancellationToken cancellation)
    {
        var options = neighbourhood.Options;
        var simulation = new Simulation(
            [.. neighbourhood.Houses.Select(house => house.Board)],
            neighbourhood.Clock,
            neighbourhood.Answers);
        var until = options.Once
            ? neighbourhood.Houses.Max(house => house.Series.DurationSeconds)
            : long.MaxValue;
        await simulation.RunAsync(until, options.Speed, cancellation);

        // Twice, since the first wait lets time pass in which a daily reading may be signed.
        for (var round = 0; round < 2; round++)
        {
            await simulation.RunUntilStoredAsync(cancellation);
            await simulation.RunUntilAsync(
                neighbourhood.Relay.WhenIdleAsync(cancellation), cancellation);
        }
    }
}
