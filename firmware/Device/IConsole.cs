namespace Helios.Device
{
    /// <summary>The serial console that a person reads while provisioning.</summary>
    public interface IConsole
    {
        /// <summary>Prints one line. Never a secret.</summary>
        void WriteLine(string line);
    }
}
