// nanoFramework.Hardware.Esp32 1.6.42: nanoFramework.Hardware.Esp32, native 100.0.10.0
namespace System.Device.Gpio
{
    public sealed class GpioPulseCounter : IDisposable
    {
        public extern GpioPulseCounter(int pinNumberA, int pinNumberB = -1);
        public extern bool IsStarted { get; }
        public extern GpioPulsePolarity Polarity { get; set; }
        public extern ushort FilterPulses { get; set; }
        public extern GpioPulseCount Read();
        public extern GpioPulseCount Reset();
        public extern void Start();
        public extern void Stop();
        public extern void Dispose();
    }

    public struct GpioPulseCount
    {
        public long Count;
        public TimeSpan RelativeTime;
    }

    public enum GpioPulsePolarity
    {
        Both = 0,
        Falling = 1,
        Rising = 2,
    }
}

namespace nanoFramework.Hardware.Esp32
{
    public class Configuration
    {
        public extern Configuration();
        public static extern void SetPinFunction(int pin, DeviceFunction value);
        public static extern int GetFunctionPin(DeviceFunction function);
    }

    public enum DeviceFunction
    {
        I2C1_DATA = 0x20100,
        I2C1_CLOCK = 0x20101,
        I2C2_DATA = 0x20200,
        I2C2_CLOCK = 0x20201,
    }

    public class NativeMemory
    {
        public extern NativeMemory();
        public static extern void GetMemoryInfo(
            NativeMemory.MemoryType memType, out uint totalSize, out uint totalFreeSize,
            out uint largestFreeBlock);
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }
    }
}
