using System;

namespace Helios.Device
{
    /// <summary>The console of the image, on the port that it was flashed through.</summary>
    public sealed class SerialConsole : IConsole
    {
        /// <inheritdoc/>
        public void WriteLine(string line)
        {
            Console.WriteLine(line);
        }
    }
}
