using Helios.Chain;
using Helios.Metering;
using Helios.Signing;
using Helios.Supply;
using Helios.Tests.Firmware.Supply;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// A random life of a consumer's meter: the firmware on the bench, the program's decision for
/// controllers that die and are replaced, and the plain chain, whose calls are kept as a trace.
/// </summary>
internal sealed class History
{
    private const ulong UnixAtStart = 1_750_000_000;
    private const int BytesOfAWrite = 2 * 1024;

    private static readonly (byte Threshold, int Count)[] Sets =
        [(1, 1), (1, 1), (1, 2), (2, 3), (3, 5)];

    // A shower, a household, a small fuse: the smaller, the sooner the power rule waits.
    private static readonly uint[] RatedPowersW = [15_000, 5_000, 1_000, 400];

    private readonly int _seed;
    private readonly Random _random;
    private readonly SupplyOnTheBench _bench;
    private readonly EnergyBooks _energy;
    private readonly Trace _trace;
    private readonly Blocks _blocks;
    private readonly HistoryFigures _figures;
    private readonly ControlRoom _control;
    private uint _requestNumber;

    public History(int seed, bool isSignedHere, HistoryFigures figures)
    {
        _seed = seed;
        _figures = figures;
        _random = new Random(seed);
        var (threshold, count) = Sets[_random.Next(Sets.Length)];
        _bench = new SupplyOnTheBench(
            threshold,
            count,
            PlainChain.WhPerCoin,
            maxPowerW: RatedPowersW[_random.Next(RatedPowersW.Length)],
            maxOpenWh: PlainChain.MaxOpenWh,
            importedBefore: 50UL * (ulong)_random.Next(20))
        {
            CloseDelayMs = (ulong)(_random.Next(2) * _random.Next(10_000)),
        };
        _bench.Storage.IsErasedFirst = _random.Next(2) == 0;
        _control = new ControlRoom(_random, _bench, threshold, figures);
        _energy = new EnergyBooks(_bench, figures);
        _trace = new Trace(isSignedHere);
        _blocks = new Blocks(
            new PlainChain(_bench.Enrolled, MaxPowerW, Now), _trace);
    }

    private uint MaxPowerW => _bench.Configuration.MaxPowerW;

    private ulong Now => UnixAtStart + (_bench.NowMs / 1000);

    private PlainChain Chain => _blocks.Newest;

    /// <summary>Lives, and ends with books that balance.</summary>
    /// <returns>The line of the trace.</returns>
    public string Live()
    {
        for (var acts = _random.Next(30, 80); acts > 0; acts--)
        {
            Act();
            _energy.RequirePaid(_blocks.Final.Authorisation.AuthorisedWh - Chain.StartWh);
        }

        if (_random.Next(12) == 0)
        {
            Die();
        }
        else
        {
            Recover();
        }

        RequireHonest();
        _figures.Count("calls on the contracts", _trace.Count);
        _figures.Count("readings signed", _bench.Signed.Count);
        return _trace.Write(_seed, _bench.Enrolled, UnixAtStart, MaxPowerW);
    }

    private void Act()
    {
        switch (_random.Next(24))
        {
            case < 6:
                UseEnergy();
                break;
            case < 9:
                Redeem();
                break;
            case 9:
                _blocks.Mine(_random.Next(1, 9), Now);
                break;
            case < 13:
                _blocks.Mine(_random.Next(Blocks.Confirmations + 1), Now);
                Control();
                break;
            case < 16:
                Relay();
                break;
            case 16:
                Settle();
                break;
            case < 19:
                Restart();
                break;
            case 19:
                Ask();
                break;
            case 20:
                _figures.Count("reorgs");
                _blocks.Reorganise(_random.Next(1, Blocks.DepthMax + 1), Now);
                break;
            case 21:
                _control.Change();
                break;
            case 22:
                Enroller();
                break;
            case 23 when Chain.State == EnrolledState.Suspended:
                Resume();
                break;
            default:
                ProveClone();
                break;
        }
    }

    private void UseEnergy()
    {
        _bench.LoadW = _random.Next(8) == 0 ? 0 : (ulong)_random.Next(100, (int)MaxPowerW + 1);
        _bench.ExportW = _random.Next(3) == 0 ? (ulong)_random.Next((int)MaxPowerW + 1) : 0;
        _bench.Run((ulong)_random.Next(1000, 60_000));
        if (_random.Next(6) == 0)
        {
            // A mute peer where the firmware lets a call block, or an interpreter that is frozen.
            _figures.Count("freezes");
            _bench.Freeze(
                (ulong)(_bench.Switch.MayBlock ? _random.Next(1, 60_000) : _random.Next(1, 5000)));
        }
    }

    private void Redeem()
    {
        var wh = 50 * (ulong)_random.Next(_random.Next(10) == 0 ? 50 : 13);
        var isAccepted = Chain.Copy().TryRedeem(wh);
        _figures.Count(isAccepted ? "redemptions" : "redemptions refused");
        _blocks.Send(
            TraceAction.Redeem,
            Now,
            [.. Trace.Register(wh), isAccepted ? (byte)1 : (byte)0],
            after => after.TryRedeem(wh));
    }

    private void Settle() => _blocks.Send(
        TraceAction.Settle, Now, [], static after => after.Settle());

    /// <summary>Controllers look at the chain; what is retained may reach the meter.</summary>
    private void Control()
    {
        _control.Follow(_blocks.Final);
        if (_random.Next(5) > 0)
        {
            _control.Deliver();
        }
    }

    /// <summary>The relay hands in some readings: late, again, in any order.</summary>
    private void Relay()
    {
        var signed = _bench.Signed;
        for (var count = _random.Next(1, 4); count > 0 && signed.Count > 0; count--)
        {
            Submit(signed[_random.Next(2) == 0 ? ^1 : ^_random.Next(1, signed.Count + 1)]);
        }
    }

    private void Submit(Reading reading)
    {
        var before = Chain.Copy();
        before.Time = Math.Max(before.Time, Now);
        var reason = before.Judge(reading);
        _figures.Count($"readings {reason}");
        _blocks.Send(
            TraceAction.Record,
            Now,
            [.. _trace.Submission(reading), (byte)reason],
            after =>
            {
                if (reason == SkipReason.None)
                {
                    after.Record(reading);
                }
            });
    }

    private void Restart()
    {
        if (_random.Next(4) == 0)
        {
            _figures.Count("planned restarts");
            _bench.Keeper.Stop();
            _bench.Run(5000);
            Assert.True(_bench.Keeper.IsAtRest);
            _bench.Meter.ShutDown(_bench.UptimeMs);
            _bench.Boot();
            _energy.Restarted(isClean: true);
        }
        else
        {
            // Now and then every few seconds, and what they cost is submitted at once.
            var cuts = _random.Next(12) == 0 ? 30 : 1;
            for (var cut = 0; cut < cuts; cut++)
            {
                Cut(isHasty: cuts > 1);
            }

            _bench.Run(1500);
            if (cuts > 1 && _bench.Signed.Count > 0)
            {
                Submit(_bench.Signed[^1]);
            }
        }

        if (_random.Next(2) == 0)
        {
            _control.Deliver();
        }
    }

    private void Cut(bool isHasty)
    {
        _figures.Count("cuts");
        switch (isHasty ? 3 : _random.Next(4))
        {
            case 0:
                // In the middle of a write.
                _bench.Storage.BytesUntilCut = _random.Next(BytesOfAWrite);
                _bench.Run((ulong)_random.Next(1, 20_000));
                break;
            case 1:
                // While it opens.
                for (var turns = 300; turns > 0 && !IsOpeningAtLimit; turns--)
                {
                    _bench.Run(500);
                }

                _figures.Count("cuts while opening", IsOpeningAtLimit ? 1 : 0);
                _bench.Run((ulong)_random.Next(1500));
                break;
            default:
                _bench.Run((ulong)_random.Next(1, 20_000));
                break;
        }

        var isLong = !isHasty && _random.Next(30) == 0;
        _bench.Boot(offMs: (ulong)_random.Next(isLong ? 2_000_000_000 : 10_000));
        _energy.Restarted(isClean: false);
    }

    private bool IsOpeningAtLimit => _bench.Switch.State == SwitchState.Opening
        && _bench.Events.Count > 0 && _bench.Events[^1] == SwitchEvent.OpenedAtLimit;

    /// <summary>The owner, by button or by request.</summary>
    private void Ask()
    {
        switch (_random.Next(7))
        {
            case 0:
                _bench.Keeper.AskReturn();
                _bench.Run(6000);
                break;
            case 1:
                _bench.Keeper.ToggleHand(_bench.UptimeMs);
                break;
            case 2:
                _bench.Request(OwnerRequest.OpenSwitch, ++_requestNumber);
                break;
            case 3:
                _bench.Request(OwnerRequest.ReleaseSwitch, ++_requestNumber);
                break;
            case 4:
                _bench.Request(OwnerRequest.SignReading, ++_requestNumber);
                _bench.Run(3000);
                break;
            case 5:
                // So that coins come back though no order arrived.
                Return(Chain.Authorisation.AuthorisedWh);
                break;
            default:
                // More than there is.
                Return(_bench.Meter.ImportWhDown + _bench.Record.ReturnedWh
                    + (ulong)_random.Next((int)PlainChain.MaxOpenWh + 50));
                break;
        }
    }

    private void Return(ulong level)
    {
        var result = _bench.Request(OwnerRequest.Return, ++_requestNumber, level);
        _figures.Count(result == SupplyResult.Taken ? "returns" : "returns refused");
        if (_random.Next(3) > 0)
        {
            _bench.Run(6000);
        }
    }

    private void Enroller()
    {
        if (Chain.State == EnrolledState.Active && _random.Next(3) == 0)
        {
            _blocks.Send(TraceAction.Suspend, Now, [], static after =>
                after.State = EnrolledState.Suspended);
        }
        else
        {
            Resume();
        }
    }

    private void Resume()
    {
        if (Chain.State == EnrolledState.Suspended)
        {
            _blocks.Send(TraceAction.Resume, Now, [], static after =>
                after.State = EnrolledState.Active);
        }
    }

    /// <summary>Whatever two readings of an honest meter are handed in prove nothing.</summary>
    private void ProveClone()
    {
        if (_bench.Signed.Count > 0)
        {
            _figures.Count("clone proofs refused");
            var pair = _random.GetItems(_bench.Signed.ToArray(), 2);
            _blocks.Send(
                TraceAction.ProveClone,
                Now,
                [.. _trace.Submission(pair[0]), .. _trace.Submission(pair[1])],
                static _ => { });
        }
    }

    /// <summary>Everything works again, and everything is given back and settled.</summary>
    private void Recover()
    {
        Resume();
        _bench.Request(OwnerRequest.ReleaseSwitch, ++_requestNumber);
        _control.ReviveAll();
        _blocks.Mine(Blocks.Confirmations, Now);
        Control();
        _control.Deliver();
        Assert.True(
            Chain.RedeemedWh == 0
                || _bench.Record.AuthorisedWh == Chain.Authorisation.AuthorisedWh,
            "An order did not arrive.");
        _bench.Run(40_000);
        _energy.RequirePaid(Chain.RedeemedWh);

        _bench.Keeper.AskReturn();
        _bench.Run(6000);
        _bench.Request(OwnerRequest.SignReading, ++_requestNumber);
        _bench.Run(3000);
        var last = _bench.Signed[^1];
        var plausibleAt = Chain.PlausibleAt(last);
        _bench.Boot(offMs: 1000 * (plausibleAt - Math.Min(Now, plausibleAt)));
        _energy.Restarted(isClean: false);
        Submit(last);
        Assert.Equal(last.Pagination, Chain.Registers.Pagination);
        Settle();
        Assert.Equal(0UL, Chain.OpenWh);
        _energy.RequireSettled(Chain.SettledWh);
    }

    /// <summary>The meter never signs again: what its kWh meter shows ends its account.</summary>
    private void Die()
    {
        _figures.Count("deaths");
        Resume();
        _blocks.Send(TraceAction.Revoke, Now, [], static after =>
            after.State = EnrolledState.Closing);
        Relay();
        var final = _bench.Enrolled.ImportWh + _bench.FlowedWhDown;
        _bench.Boot(offMs: 1000 * (PlainChain.LagMaxS + 1));
        _energy.Restarted(isClean: false);
        _blocks.Send(TraceAction.End, Now, Trace.Register(final), after => after.End(final));
        Relay();
        Assert.Equal(0UL, Chain.OpenWh);
        _energy.RequireSettled(Chain.SettledWh);
    }

    private void RequireHonest()
    {
        var before = _bench.Enrolled;
        foreach (var reading in _bench.Signed)
        {
            Assert.True(reading.Pagination > before.Pagination, "A pagination was used twice.");
            Assert.True(
                reading.ExportWh >= before.ExportWh && reading.ImportWh >= before.ImportWh
                    && reading.AuthorisedWh >= before.AuthorisedWh
                    && reading.ReturnedWh >= before.ReturnedWh,
                $"A signed register fell at pagination {reading.Pagination}.");
            before = reading;
        }
    }
}
