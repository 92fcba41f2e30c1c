namespace Helios.Device
{
    /// <summary>
    /// What one thread of the device does, in turns: do what is due, return, be called again. A
    /// turn waits for nothing itself; a package that it calls may block, and where one does, the
    /// stage says so.
    /// </summary>
    public interface IStage
    {
        /// <summary>Does what is due.</summary>
        /// <param name="uptimeMs">Milliseconds since boot, now.</param>
        /// <returns>
        /// Uptime in ms at which to be called again at the latest; a wake signal comes before.
        /// <see cref="GuardedStage.Never"/>: no more turns.
        /// </returns>
        ulong Turn(ulong uptimeMs);
    }
}
