namespace Helios.Tests.Circle.Crashes;

/// <summary>Who fails in a delivery, and when.</summary>
/// <param name="step">At its begin, while it waits, or right after it.</param>
/// <param name="party">Who.</param>
/// <param name="looks">So often the step is begun or waits without a failure.</param>
internal sealed class Failure(DeliveryStep step, Party party, int looks)
{
    private int _looks = looks;

    public DeliveryStep Step => step;

    public Party Party => party;

    /// <summary>Asked before each step that the household takes.</summary>
    public bool IsDueAt(DeliveryStep now) => now > step || (now == step && _looks-- <= 0);
}
