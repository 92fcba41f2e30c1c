using Helios.Boards.Virtual.Books;
using Helios.Boards.Virtual.Power;
using Helios.Boards.Virtual.Show;
using Helios.Boards.Virtual.Trade;
using Helios.Chain;

namespace Helios.Boards.Virtual;

/// <summary>
/// One run of a neighbourhood as a person sees it, from the options to the exit code.
/// </summary>
public static class NeighbourhoodRun
{
    private static readonly TimeSpan CtrlCDelayMax = TimeSpan.FromSeconds(1);

    /// <summary>Runs until the series ends (--once) or it is cancelled.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="cancellation">Ends the run cleanly.</param>
    /// <returns>0; 1 if the books disagree.</returns>
    public static async Task<int> RunAsync(
        NeighbourhoodOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var series = PlayedSeries.Of(options);
        try
        {
            return await RunAsync(options, series, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C reaches anvil and forge too: whatever they fail with now is part of the end.
            return 0;
        }
        catch (NodeUnreachableException failure)
        {
            // It may reach anvil first.
            await Task.Delay(CtrlCDelayMax, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested)
            {
                return 0;
            }

            // The node's address and time limit are no settings here.
            throw new NodeUnreachableException(
                failure.Problem,
                "it is anvil, of this run alone; start the neighbourhood again",
                failure);
        }
    }

    private static async Task<int> RunAsync(
        NeighbourhoodOptions options, PlayedSeries series, CancellationToken cancellation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var display = Display.For(options);
        display.Starting(series);
        await using var neighbourhood = await Neighbourhood.StartAsync(
            options, series, cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        display.Started(neighbourhood);
        var showing = display.RunAsync(neighbourhood, end.Token);
        var simulated = SimulateAsync(neighbourhood, end.Token);
        try
        {
            await await Task.WhenAny(simulated, neighbourhood.Failure);
        }
        finally
        {
            await end.CancelAsync();
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var report = await Audit.RunAsync(
            neighbourhood, await simulated, watch.Elapsed, cancellation);
        display.Reconciled(report);
        return report.Reconciled ? 0 : 1;
    }

    /// <returns>Transactions of wallets that the chain did not take.</returns>
    private static async Task<int> SimulateAsync(
        Neighbourhood neighbourhood, CancellationToken cancellation)
    {
        var options = neighbourhood.Options;
        var simulation = new Simulation(
            [.. neighbourhood.Houses.Select(house => house.Board)],
            neighbourhood.Clock,
            neighbourhood.Answers);
        using var market = options.Consumers > 0
            ? await Market.OpenAsync(neighbourhood, simulation, cancellation)
            : null;
        var until = options.Once
            ? neighbourhood.Houses.Max(house => house.Series.DurationSeconds)
            : long.MaxValue;
        await simulation.RunAsync(
            until, options.Speed, market is null ? null : market.TradeAsync, cancellation);
        if (market is null)
        {
            await SubmitAsync(neighbourhood, simulation, cancellation);
            return 0;
        }

        await market.CloseAsync(cancellation);
        await RestReturn.RunAsync(neighbourhood, simulation, cancellation);
        await SubmitAsync(neighbourhood, simulation, cancellation);
        await market.SettleAsync(cancellation);
        return market.Refused;
    }

    private static async Task SubmitAsync(
        Neighbourhood neighbourhood, Simulation simulation, CancellationToken cancellation)
    {
        // Twice, since the first wait lets time pass in which a daily reading may be signed.
        for (var round = 0; round < 2; round++)
        {
            await simulation.RunUntilStoredAsync(cancellation);
            await simulation.RunUntilAsync(
                neighbourhood.Relay.WhenIdleAsync(cancellation), cancellation);
        }
    }
}
