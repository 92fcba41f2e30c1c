namespace Helios.Boards.Hardware;

/// <summary>
/// The board's interpreter as the packages need it: what stands still while a package works, and
/// what the package's own threads do. Called from the board's turns only, but for
/// <see cref="Post"/>. After the board has lost its power nothing here does anything.
/// </summary>
public interface IBoardTime
{
    /// <summary>Milliseconds since this boot.</summary>
    ulong UptimeMs { get; }

    /// <summary>
    /// A native call that returns only after this time: every managed thread stands still, while
    /// pulses, watchdog, contactor and power go on.
    /// </summary>
    void Freeze(ulong ms);

    /// <summary>The calling thread waits; the others have their turns.</summary>
    /// <param name="msMax">How long at the most.</param>
    /// <param name="isDone">Ends the wait; asked after everything that happened.</param>
    /// <returns>False if the time passed first.</returns>
    bool Wait(ulong msMax, Func<bool> isDone);

    /// <summary>One step of a package's own thread, at an uptime or as soon as possible.</summary>
    void CallAt(ulong uptimeMs, Action step);

    /// <summary>The same from any thread of this computer, as soon as possible.</summary>
    void Post(Action step);
}
