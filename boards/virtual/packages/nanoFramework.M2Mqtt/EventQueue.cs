using Helios.Boards.Hardware;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// What the package's dispatch thread does: raises events one by one; an exception that leaves a
/// handler ends the connection.
/// </summary>
internal sealed class EventQueue(IBoardTime time, Action failed)
{
    private readonly Queue<Action> _events = [];

    internal int Count => _events.Count;

    internal void Add(Action raise)
    {
        _events.Enqueue(raise);
        time.CallAt(time.UptimeMs, RaiseOne);
    }

    internal void Clear() => _events.Clear();

    private void RaiseOne()
    {
        if (!_events.TryDequeue(out var raise))
        {
            return;
        }

        try
        {
            raise();
        }
        catch (Exception)
        {
            failed();
        }
    }
}
