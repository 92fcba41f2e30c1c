using Helios.Device;

namespace Helios.Tests.Device;

public class RestartOrderTests
{
    // It asks itself in every turn while the supply is down: woken each time, it would never rest.
    [Fact]
    public void Wakes_the_signing_stage_for_the_first_order_alone_and_keeps_its_cause()
    {
        var signal = new CountedSignal();
        var order = new RestartOrder(signal);
        order.Ask(RestartCause.PowerFail, 1000);
        order.Ask(RestartCause.PowerFail, 2000);
        order.Ask(RestartCause.Fault, 3000);

        Assert.Equal(1, signal.Raised);
        Assert.Equal(RestartCause.PowerFail, order.Cause);
        Assert.Equal(1000UL, order.AskedUptimeMs);
    }

    private sealed class CountedSignal : IWakeSignal
    {
        public int Raised { get; private set; }

        public void Raise() => Raised++;
    }
}
