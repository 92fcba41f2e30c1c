namespace Helios.Device
{
    /// <summary>
    /// Wakes one stage before its time; raised twice before it wakes, it wakes once.
    /// </summary>
    public interface IWakeSignal
    {
        /// <summary>
        /// The stage is to take its turn as soon as it can. Any thread; returns at once.
        /// </summary>
        void Raise();
    }
}
