namespace Helios.Boards.Virtual.Show;

/// <summary>What a running meter shows of itself and of what the relay knows.</summary>
/// <param name="Meter">Its address.</param>
/// <param name="Impulses">Impulses counted, both ways.</param>
/// <param name="ExportWh">Energy fed out, Wh.</param>
/// <param name="ImportWh">Energy taken in, Wh.</param>
/// <param name="RestWh">What may still be let through, Wh.</param>
/// <param name="ReadingsSigned">Readings signed.</param>
/// <param name="ReadingsStored">Readings that the relay stored.</param>
/// <param name="ReadingsAccepted">Readings that the ledger accepted.</param>
/// <param name="Coins">Whole coins minted.</param>
/// <param name="GasUsed">Its share of the relay's gas.</param>
internal sealed record MeterRow(
    string Meter,
    long Impulses,
    ulong ExportWh,
    ulong ImportWh,
    ulong RestWh,
    long ReadingsSigned,
    long ReadingsStored,
    long ReadingsAccepted,
    ulong Coins,
    ulong GasUsed)
{
    public static IReadOnlyList<MeterRow> Of(Neighbourhood neighbourhood)
    {
        var relayed = neighbourhood.Relay.Figures.Meters.ToDictionary(meter => meter.Meter);
        return [.. neighbourhood.Houses.Select(house =>
        {
            var figures = relayed.GetValueOrDefault(house.Meter);
            return new MeterRow(
                house.Meter.ToString(),
                house.Board.ImpulsesCounted.Export + house.Board.ImpulsesCounted.Import,
                house.Board.Record.ExportWhDown,
                house.Board.Record.ImportWhDown,
                house.Board.RestWh,
                house.Board.ReadingsSigned,
                figures?.ReadingsStored ?? 0,
                figures?.ReadingsAccepted ?? 0,
                figures?.Coins ?? 0,
                figures?.GasUsed ?? 0);
        })];
    }
}
