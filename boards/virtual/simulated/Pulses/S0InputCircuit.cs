namespace Helios.Boards.Simulated;

/// <summary>
/// The input circuit of boards/README.md, "The S0 input": an RC low-pass into a trigger with two
/// thresholds. Contact open, the capacitor charges to the supply; closed, it discharges to what the
/// meter's output leaves. The board counts where a seen pulse ends.
/// </summary>
public sealed class S0InputCircuit
{
    private readonly double _onTimeConstantUs;
    private readonly double _offTimeConstantUs;
    private readonly double _lower;
    private readonly double _upper;
    private readonly double _closedLevel;
    private double _level = 1;
    private double _atUs;
    private bool _isClosed;
    private bool _isSeen;

    /// <param name="onTimeConstantMs">R2 C.</param>
    /// <param name="offTimeConstantMs">(R1 + R2) C.</param>
    /// <param name="lower">Lower threshold, part of the supply.</param>
    /// <param name="upper">Upper threshold, part of the supply.</param>
    /// <param name="closedLevel">Level of a closed contact, part of the supply.</param>
    public S0InputCircuit(
        double onTimeConstantMs,
        double offTimeConstantMs,
        double lower,
        double upper,
        double closedLevel)
    {
        _onTimeConstantUs = onTimeConstantMs * 1000;
        _offTimeConstantUs = offTimeConstantMs * 1000;
        _lower = lower;
        _upper = upper;
        _closedLevel = closedLevel;
    }

    /// <summary>Every part at its nominal value.</summary>
    public static S0InputCircuit Nominal => new(8.20, 8.29, 1 / 3.0, 2 / 3.0, 0);

    /// <summary>Pulses whose end was seen.</summary>
    public long Pulses { get; private set; }

    /// <summary>The contact opens or closes.</summary>
    public void Set(bool isClosed, double atUs)
    {
        MoveTo(atUs);
        _isClosed = isClosed;
    }

    /// <summary>Lets the capacitor go on charging. Crosses one threshold at the most.</summary>
    public void MoveTo(double us)
    {
        var target = _isClosed ? _closedLevel : 1;
        var timeConstantUs = _isClosed ? _onTimeConstantUs : _offTimeConstantUs;
        _level = target + ((_level - target) * Math.Exp((_atUs - us) / timeConstantUs));
        _atUs = us;
        if (!_isSeen && _level < _lower)
        {
            _isSeen = true;
        }
        else if (_isSeen && _level > _upper)
        {
            _isSeen = false;
            Pulses++;
        }
    }
}
