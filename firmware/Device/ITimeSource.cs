namespace Helios.Device
{
    /// <summary>A time server's answers. Unauthenticated: a signed time is informative at best.</summary>
    public interface ITimeSource
    {
        /// <summary>Asks; the answer comes later. Needs the link. Returns at once.</summary>
        void Ask();

        /// <summary>Takes an answer that came since <see cref="Ask"/>, once.</summary>
        /// <param name="unixMs">Milliseconds since 1970 at this moment; 0 without an answer.</param>
        /// <returns>True if there was one.</returns>
        bool TryTake(out ulong unixMs);
    }
}
