using System.Device.Gpio;
using Helios.Boards;
using Helios.Boards.Simulated;

namespace Helios.Tests.SimulatedBoard.Packages;

public sealed class PulseCounterTests
{
    private GpioPulseCounter? _counter;

    [Fact]
    public void Counts_from_start_and_not_what_came_before_it()
    {
        var board = SwitchOn(periodMs: 100);
        board.RunUntil(1500 + 10_000);

        Assert.Equal(100, _counter!.Read().Count);
        Assert.Equal(TimeSpan.FromSeconds(10), _counter.Read().RelativeTime);
    }

    [Fact]
    public void Start_clears_and_stop_only_holds()
    {
        var board = SwitchOn(periodMs: 100);
        board.RunUntil(1500 + 1000);
        _counter!.Stop();
        board.RunUntil(1500 + 2000);
        Assert.Equal(10, _counter.Read().Count);

        _counter.Start();
        Assert.Equal(0, _counter.Read().Count);
        Assert.Throws<InvalidOperationException>(_counter.Start);
        Assert.Throws<InvalidOperationException>(() => _counter.Polarity = GpioPulsePolarity.Both);
    }

    [Fact]
    public void One_reading_is_off_by_an_overflow_when_it_is_told_to()
    {
        var board = SwitchOn(periodMs: 100);
        board.RunUntil(1500 + 1000);
        board.Pins[BoardPins.ExportPulse].NextReadError = 32_767;

        Assert.Equal(32_777, _counter!.Read().Count);
        Assert.Equal(10, _counter.Read().Count);
    }

    [Fact]
    public void A_disposed_counter_takes_its_unit_with_it()
    {
        On(new BoardOptions { PulseUnits = 2 }, () =>
        {
            new GpioPulseCounter(34).Dispose();
            new GpioPulseCounter(34).Dispose();
            Assert.Throws<NotSupportedException>(() => new GpioPulseCounter(34));
        });
    }

    [Fact]
    public void A_chip_without_units_says_so() =>
        On(new BoardOptions { PulseUnits = 0 }, () =>
            Assert.Throws<NotImplementedException>(() => new GpioPulseCounter(34)));

    [Fact]
    public void Its_pin_cannot_be_opened_as_a_pin() => On(new BoardOptions(), () =>
    {
        _ = new GpioPulseCounter(34);
        using var controller = new GpioController();
        Assert.Throws<InvalidOperationException>(() => controller.OpenPin(34));
    });

    [Fact]
    public void A_filter_above_its_ten_bits_is_refused() => On(new BoardOptions(), () =>
    {
        var counter = new GpioPulseCounter(34) { FilterPulses = 1023 };
        Assert.Throws<ArgumentException>(() => counter.FilterPulses = 1024);
    });

    [Fact]
    public void No_board_no_counter() =>
        Assert.Throws<InvalidOperationException>(() => new GpioPulseCounter(34));

    [Fact]
    public void A_thousand_boards_have_a_thousand_counters()
    {
        var counts = new long[1000];
        Parallel.For(0, counts.Length, number =>
        {
            GpioPulseCounter? counter = null;
            var board = Bench.SwitchOn(platform =>
            {
                counter = new GpioPulseCounter(34);
                counter.Start();
                platform.Stage(now =>
                {
                    counts[number] = counter.Read().Count;
                    return now + 1000;
                });
            });
            board.Pins[34].Pulses = new SteadyPulses(board.Clock, (ulong)number + 1);
            board.RunUntil(1_001_500);
        });

        for (var number = 0; number < counts.Length; number++)
        {
            var period = number + 1;
            Assert.Equal((1_001_500 / period) - (1500 / period), counts[number]);
        }
    }

    private static void On(BoardOptions options, Action test) =>
        Bench.SwitchOn(_ => test(), options);

    private Boards.Simulated.SimulatedBoard SwitchOn(ulong periodMs)
    {
        var board = new Boards.Simulated.SimulatedBoard(
            Bench.Patient,
            _ =>
            {
                _counter = new GpioPulseCounter(BoardPins.ExportPulse);
                _counter.Start();
            });
        board.Pins[BoardPins.ExportPulse].Pulses = new SteadyPulses(board.Clock, periodMs);
        board.SwitchOn();
        return board;
    }
}
