using Helios.Supply;
using Helios.Tests.Firmware.Supply;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// What flowed against what is counted and paid, beside firmware and chain, Wh. The register leads
/// what flowed by the steps of unclean restarts, and lags it by what cuts hid.
/// </summary>
internal sealed class EnergyBooks(SupplyOnTheBench bench, HistoryFigures figures)
{
    // One impulse, and rated power for the hold time and the contactor's lag, rounded up, Wh.
    private readonly long _overshootWh =
        1 + (long)(((bench.Configuration.MaxPowerW
            * (SupplyOnTheBench.HoldMs + SupplyOnTheBench.ContactorMs)) + 3_599_999) / 3_600_000);

    private readonly long _blockWh = (long)new CreditBlock(
        bench.Configuration.MaxPowerW, PlainChain.WhPerCoin).SizeWh;

    private long _leadWh;
    private long _hiddenWh;
    private long _lostWh;

    private long CountedWh => (long)(bench.Meter.ImportWhDown - bench.Enrolled.ImportWh);

    private long FlowedWh => (long)bench.FlowedWhDown;

    /// <summary>The meter has restarted, and has counted nothing yet.</summary>
    public void Restarted(bool isClean)
    {
        var steppedWh = CountedWh - FlowedWh - _leadWh;
        Assert.True(
            isClean ? steppedWh == 0 : steppedWh >= -_overshootWh && steppedWh <= _blockWh,
            $"A restart moved the register by {steppedWh} Wh.");
        _leadWh += steppedWh;
        _lostWh += Math.Max(steppedWh, 0);
        _hiddenWh += Math.Max(-steppedWh, 0);
        figures.Lost(steppedWh);
        figures.Hid(-steppedWh);
    }

    /// <summary>No more flowed than was paid for in final blocks, but for the overshoot.</summary>
    public void RequirePaid(ulong redeemedWh) => Assert.True(
        FlowedWh <= (long)redeemedWh + _overshootWh + _hiddenWh,
        $"{FlowedWh} Wh flowed, {redeemedWh} Wh are paid for, {_hiddenWh} Wh were hidden.");

    /// <summary>Nothing is open any more.</summary>
    public void RequireSettled(ulong settledWh)
    {
        var gainWh = FlowedWh - (long)settledWh;
        figures.Gained(gainWh - _hiddenWh);
        Assert.True(
            gainWh <= _overshootWh + _hiddenWh,
            $"{FlowedWh} Wh flowed, {settledWh} Wh are paid, {_hiddenWh} Wh were hidden by cuts.");
        Assert.True(
            -gainWh <= _lostWh,
            $"{FlowedWh} Wh flowed, {settledWh} Wh are paid, {_lostWh} Wh were lost by restarts.");
    }
}
