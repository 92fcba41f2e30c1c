using Helios.Boards.Hardware;

namespace Helios.Boards.Simulated;

/// <summary>A pulse line as a contact moves it, seen through the input circuit.</summary>
public sealed class S0Line : IPulseSource, IDisposable
{
    private readonly BoardClock _clock;
    private readonly S0InputCircuit _circuit;
    private readonly IEnumerator<ContactChange> _changes;
    private bool _isChangeAhead;

    /// <param name="clock">Time around the line.</param>
    /// <param name="circuit">What is between the line and the pin.</param>
    /// <param name="changes">What the contact does, in order of time; may have no end.</param>
    public S0Line(BoardClock clock, S0InputCircuit circuit, IEnumerable<ContactChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        _clock = clock;
        _circuit = circuit;
        _changes = changes.GetEnumerator();
        _isChangeAhead = _changes.MoveNext();
    }

    /// <inheritdoc/>
    public long Pulses
    {
        get
        {
            var nowUs = (long)_clock.NowMs * 1000;
            while (_isChangeAhead && _changes.Current.AtUs <= nowUs)
            {
                _circuit.Set(_changes.Current.IsClosed, _changes.Current.AtUs);
                _isChangeAhead = _changes.MoveNext();
            }

            _circuit.MoveTo(nowUs);
            return _circuit.Pulses;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changes.Dispose();
}
