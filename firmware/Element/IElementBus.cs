namespace Helios.Element
{
    /// <summary>
    /// The I2C bus with the element on it, at 100 kHz at the most while it is woken. Throws
    /// nothing. Each transfer ends by itself, after a second or so at the latest.
    /// </summary>
    public interface IElementBus
    {
        /// <summary>Milliseconds of any clock that never goes back.</summary>
        ulong UptimeMs { get; }

        /// <summary>
        /// Holds the data line low for 60 us at least: a zero byte sent to address 0 at 100 kHz,
        /// which nobody acknowledges.
        /// </summary>
        BusResult Wake();

        /// <summary>Writes to the element.</summary>
        /// <param name="bytes">From index 0.</param>
        /// <param name="length">How many, 1 or more.</param>
        BusResult Write(byte[] bytes, int length);

        /// <summary>Reads from the element.</summary>
        /// <param name="bytes">Filled from index 0 if Done.</param>
        /// <param name="length">How many, 1 or more.</param>
        BusResult Read(byte[] bytes, int length);

        /// <summary>Lets this thread wait; the others go on.</summary>
        /// <param name="ms">At least, 1 or more.</param>
        void Wait(uint ms);
    }
}
