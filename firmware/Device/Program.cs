using System.Threading;

namespace Helios.Device
{
    /// <summary>
    /// Where the image starts the device: its adapters, then the program on them.
    /// </summary>
    public static class Program
    {
        /// <summary>Does not return: the image does nothing of use after that.</summary>
        public static void Main()
        {
            RadioEntropy entropy = new RadioEntropy();
            new DeviceProgram(new Platform(
                new ThreadsOfDevice(),
                new FlashFiles(FlashFiles.InternalFlash),
                new SerialConsole(),
                new WifiLink(),
                new SntpTime(entropy, new SystemClock(), SntpTime.Port),
                new DevicePower(),
                entropy,
                new DeviceHmac())).Start();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
