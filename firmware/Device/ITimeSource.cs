namespace Helios.Device
{
    /// <summary>
    /// A time server's answers, over SNTP. Nobody signs them: <see cref="DeviceClock"/> says how
    /// far they are believed.
    /// </summary>
    public interface ITimeSource
    {
        /// <summary>
        /// Asks; the answer comes later, or never. Needs the link. May block every thread of the
        /// device while the name is looked up, and does not throw. What was asked before is given
        /// up.
        /// </summary>
        /// <param name="server">Host name or IPv4 address.</param>
        void Ask(string server);

        /// <summary>
        /// Takes an answer that came since <see cref="Ask"/>, once. Returns at once.
        /// </summary>
        /// <param name="unixMs">
        /// Milliseconds since 1970 at this moment; 0 without an answer.
        /// </param>
        /// <returns>True if there was one.</returns>
        bool TryTake(out ulong unixMs);
    }
}
