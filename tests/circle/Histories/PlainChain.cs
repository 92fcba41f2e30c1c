using Helios.Chain;
using Helios.Metering;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// Ledger and Redemptions of one meter and its owner in plain words: DESIGN.md's rules, written
/// down without a look at how the contracts do it. Energy and coins are Wh here. A copy is the
/// chain at one block.
/// </summary>
internal sealed class PlainChain
{
    public const ulong WhPerCoin = 100;
    public const ulong MaxOpenWh = 2_000;
    public const ulong GiftWh = 20_000;
    public const ulong DayS = 86_400;
    public const ulong LagMaxS = 30 * DayS;

    private readonly Reading _enrolled;
    private readonly ulong _maxPowerW;

    public PlainChain(Reading enrolled, ulong maxPowerW, ulong time)
    {
        _enrolled = enrolled;
        _maxPowerW = maxPowerW;
        Time = time;
        PlausibleFrom = time;
        Registers = new Reading(
            enrolled.Pagination, enrolled.ExportWh, enrolled.ImportWh, 0, enrolled.ReturnedWh, 0,
            0);
    }

    public ulong Time { get; set; }

    public EnrolledState State { get; set; } = EnrolledState.Active;

    public Reading Registers { get; private set; }

    public ulong PlausibleFrom { get; private set; }

    public ulong RedeemedWh { get; private set; }

    public ulong SettledWh { get; private set; }

    public ulong RefundedWh { get; private set; }

    public ulong MintedWh { get; private set; }

    public ulong OwnerWh => GiftWh + MintedWh - RedeemedWh + RefundedWh;

    public ulong OpenWh => RedeemedWh - SettledWh - RefundedWh;

    public ulong StartWh => _enrolled.ImportWh + _enrolled.ReturnedWh;

    public MeterAuthorisation Authorisation => new(State, StartWh + RedeemedWh);

    private ulong UsedWh => Registers.ImportWh - _enrolled.ImportWh;

    private ulong ReturnedWh => Registers.ReturnedWh - _enrolled.ReturnedWh;

    public PlainChain Copy() => (PlainChain)MemberwiseClone();

    /// <summary>Why a reading does not count now, or that it does.</summary>
    public SkipReason Judge(Reading reading)
    {
        if (State is not EnrolledState.Active and not EnrolledState.Closing)
        {
            return SkipReason.MeterNotAccepting;
        }

        if (reading.Pagination <= Registers.Pagination)
        {
            return SkipReason.PaginationNotNewer;
        }

        if (reading.ExportWh < Registers.ExportWh || reading.ImportWh < Registers.ImportWh
            || reading.AuthorisedWh < Registers.AuthorisedWh
            || reading.ReturnedWh < Registers.ReturnedWh)
        {
            return SkipReason.RegisterDecreased;
        }

        return PlausibleAt(reading) > Time ? SkipReason.NotYetPlausible : SkipReason.None;
    }

    /// <summary>From when on a newer reading counts.</summary>
    public ulong PlausibleAt(Reading reading)
    {
        var slack = 900 + SecondsUp(WhPerCoin);
        var end = Math.Max(PlausibleFrom, Time - LagMaxS) + NeedS(reading);
        return end > slack ? end - slack : 0;
    }

    /// <summary>Takes a reading that counts.</summary>
    public void Record(Reading reading)
    {
        var lagging = Time - LagMaxS;
        PlausibleFrom = Math.Max(PlausibleFrom, lagging) + NeedS(reading);
        if (reading.Status % 4 == ReadingStatus.TimeSynchronised)
        {
            PlausibleFrom = Math.Max(PlausibleFrom, Math.Min(reading.TakenAt, Time));
        }

        if (State == EnrolledState.Active)
        {
            var coins = ((reading.ExportWh - _enrolled.ExportWh) / WhPerCoin)
                - ((Registers.ExportWh - _enrolled.ExportWh) / WhPerCoin);
            MintedWh += coins * WhPerCoin;
        }

        Registers = reading;
    }

    /// <summary>A plain transfer of the owner's; false if it reverts.</summary>
    public bool TryRedeem(ulong amountWh)
    {
        var gone = UsedWh + ReturnedWh;
        var paid = RedeemedWh + amountWh;
        if (State != EnrolledState.Active || amountWh == 0 || amountWh > OwnerWh
            || paid > gone + MaxOpenWh)
        {
            return false;
        }

        Settle();
        RedeemedWh += amountWh;
        Settle();
        return true;
    }

    /// <summary>Use is paid first, then what was given back is refunded.</summary>
    public void Settle()
    {
        SettledWh = Math.Max(SettledWh, Math.Min(UsedWh, RedeemedWh - RefundedWh));
        RefundedWh = Math.Max(RefundedWh, Math.Min(ReturnedWh, RedeemedWh - SettledWh));
    }

    /// <summary>The meter died; its kWh meter shows where it ended.</summary>
    public void End(ulong finalImportWh)
    {
        Settle();
        var used = Math.Max(finalImportWh, Registers.ImportWh) - _enrolled.ImportWh;
        SettledWh = Math.Max(SettledWh, Math.Min(used, RedeemedWh - RefundedWh));
        RefundedWh = RedeemedWh - SettledWh;
        State = EnrolledState.Dead;
    }

    private ulong NeedS(Reading reading) => SecondsUp(Math.Max(
        reading.ExportWh - Registers.ExportWh, reading.ImportWh - Registers.ImportWh));

    private ulong SecondsUp(ulong energyWh) => ((energyWh * 3600) + _maxPowerW - 1) / _maxPowerW;
}
