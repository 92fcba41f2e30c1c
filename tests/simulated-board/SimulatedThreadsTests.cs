using Helios.Boards.Hardware;
using Helios.Boards.Simulated;
using Helios.Device;

namespace Helios.Tests.SimulatedBoard;

public sealed class SimulatedThreadsTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Stages_take_turns_in_order_of_time_and_then_of_priority()
    {
        var board = Bench.SwitchOn(platform =>
        {
            platform.Stage(now => See("slow", now, 1000), ThreadPriority.Lowest);
            platform.Stage(now => See("quick", now, 500), ThreadPriority.Highest);
        });
        board.RunUntil(1500 + 1000);

        Assert.Equal(
            ["quick 0", "slow 0", "quick 500", "quick 1000", "slow 1000"], _seen);
    }

    [Fact]
    public void A_signal_wakes_a_stage_before_its_time_and_once()
    {
        IWakeSignal? woken = null;
        var board = Bench.SwitchOn(platform =>
        {
            woken = platform.Stage(now => See("woken", now, ulong.MaxValue - now));
            platform.Stage(now =>
            {
                woken.Raise();
                woken.Raise();
                return ulong.MaxValue;
            });
        });
        board.RunUntil(10_000);

        Assert.Equal(["woken 0", "woken 1"], _seen);
    }

    [Fact]
    public void A_call_that_freezes_lets_nobody_have_a_turn_while_the_world_goes_on()
    {
        var events = 0;
        var board = Bench.SwitchOn(platform =>
        {
            platform.Stage(now => See("counting", now, 100), ThreadPriority.Highest);
            platform.Stage(now =>
            {
                BoardHardware.Current.Time.Freeze(1000);
                return ulong.MaxValue;
            });
        });
        board.Clock.At(2000, () => events++);
        board.RunUntil(1500 + 1150);

        Assert.Equal(["counting 0", "counting 1000", "counting 1100"], _seen);
        Assert.Equal(1, events);
    }

    [Fact]
    public void A_call_that_waits_lets_the_others_have_their_turns()
    {
        var board = Bench.SwitchOn(platform =>
        {
            platform.Stage(now => See("counting", now, 100), ThreadPriority.Highest);
            platform.Stage(now =>
            {
                var isDone = BoardHardware.Current.Time.Wait(250, () => false);
                See($"waited {isDone}", platform.Threads.UptimeMs, againIn: 0);
                return ulong.MaxValue;
            });
        });
        board.RunUntil(1500 + 300);

        Assert.Equal(
            ["counting 0", "counting 100", "counting 200", "waited False 250", "counting 300"],
            _seen);
    }

    [Fact]
    public void A_frozen_board_is_reset_by_its_watchdog_and_what_unwinds_reaches_nothing()
    {
        var board = new Boards.Simulated.SimulatedBoard(
            new BoardOptions { WatchdogMs = 10_000 },
            platform => platform.Stage(now =>
            {
                if (_seen.Count > 0)
                {
                    return ulong.MaxValue;
                }

                See("frozen", now, againIn: 0);
                BoardHardware.Current.Time.Freeze(ulong.MaxValue);
                platform.Flash.Write("late", [1]);
                platform.Console.WriteLine("late");
                platform.Power.Restart();
                BoardHardware.Current.Time.CallAt(0, () => throw new InvalidOperationException());
                return 0;
            }));
        board.SwitchOn();
        board.RunUntil(15_000);

        Assert.Equal(1, board.Watchdog.Resets);
        Assert.Equal(2, board.Boots);
        Assert.Null(board.Flash.Find("late"));
        Assert.Empty(board.Console.Lines);
    }

    [Theory]
    [InlineData(TornWrite.OldStays, new byte[] { 1, 1, 1 })]
    [InlineData(TornWrite.NewOverOld, new byte[] { 2, 2, 1 })]
    [InlineData(TornWrite.NewOnly, new byte[] { 2, 2 })]
    [InlineData(TornWrite.ErasedBehind, new byte[] { 2, 2, 255 })]
    public void A_cut_within_a_write_leaves_what_it_is_told_to(TornWrite torn, byte[] left)
    {
        var result = FlashResult.Done;
        var board = new Boards.Simulated.SimulatedBoard(
            new BoardOptions(),
            platform => result = platform.Flash.Write("file", [2, 2, 2]));
        board.Flash.Place("file", [1, 1, 1]);
        board.Flash.Torn = torn;
        board.Flash.CutAfter(2);
        board.SwitchOn();
        board.RunUntil(60_000);

        Assert.Equal(FlashResult.Failed, result);
        Assert.False(board.IsOn);
        Assert.Equal(left, board.Flash.Find("file"));
    }

    [Fact]
    public void A_supply_that_fails_warns_before_it_is_gone()
    {
        var warned = 0UL;
        var board = Bench.SwitchOn(platform =>
        {
            var pin = new System.Device.Gpio.GpioController().OpenPin(Boards.BoardPins.PowerFail);
            pin.ValueChanged += (_, _) => warned = platform.Threads.UptimeMs;
            platform.Stage(now => now + 100);
        });
        board.Clock.At(4000, () => board.FailSupply(holdUpMs: 300));
        board.RunUntil(10_000);

        Assert.Equal(2500UL, warned);
        Assert.False(board.IsOn);
    }

    private ulong See(string what, ulong now, ulong againIn)
    {
        _seen.Add($"{what} {now}");
        return now + againIn;
    }
}
