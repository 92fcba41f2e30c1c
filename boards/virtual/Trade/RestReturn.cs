using Helios.Signing;

namespace Helios.Boards.Virtual.Trade;

/// <summary>
/// The end of consumption: what is open goes back. Every other owner holds his meter's button; the
/// others sign a request for it, and then one for a reading with every register exact.
/// </summary>
public static class RestReturn
{
    // For the button, the lag of the switch, and some turns of the stages.
    private const int SecondsMax = 60;

    /// <summary>Returns what is open of every consumer.</summary>
    public static async Task RunAsync(
        Neighbourhood neighbourhood, Simulation simulation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(neighbourhood);
        ArgumentNullException.ThrowIfNull(simulation);
        House[] consumers = [.. neighbourhood.Houses.Where(house => house.IsConsumer)];
        House[] asking = [.. consumers.Where((_, i) => i % 2 != 0)];
        using var requests = await OwnerRequests.ConnectAsync(
            neighbourhood.Ledger.Address, neighbourhood.Relay.BrokerPort, ct);
        foreach (var house in consumers.Except(asking))
        {
            house.Board.HoldReturnButton();
        }

        foreach (var house in asking)
        {
            var levelWh = house.Board.Record.AuthorisedWh;
            await requests.SendAsync(house, OwnerRequest.Return, number: 1, levelWh, ct);
        }

        await simulation.RunUntilAsync(
            () => Array.TrueForAll(consumers, house => house.Board.RestWh == 0)
                && Array.TrueForAll(asking, house => house.Board.Record.RequestNumber == 1),
            SecondsMax,
            ct);
        foreach (var house in asking)
        {
            await requests.SendAsync(house, OwnerRequest.SignReading, number: 2, levelWh: 0, ct);
        }

        await simulation.RunUntilAsync(
            () => Array.TrueForAll(asking, house => house.Board.Record.RequestNumber == 2),
            SecondsMax,
            ct);
    }
}
