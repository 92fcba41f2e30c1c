// nanoFramework.Runtime.Native 1.7.11: nanoFramework.Runtime.Native, native 100.0.10.0
using System;

namespace System
{
    public static class Environment
    {
        public static extern long TickCount64 { get; }
    }
}

namespace nanoFramework.Runtime.Native
{
    public class Power
    {
        public extern Power();
        public static extern event RebootEventHandler OnRebootEvent;
        public static extern void RebootDevice(
            RebootOption rebootOption = RebootOption.NormalReboot);
        public static extern void RebootDevice(
            int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot);
    }

    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    public delegate void RebootEventHandler();

    public static class GC
    {
        public static extern uint Run(bool compactHeap);
        public static extern void EnableGCMessages(bool enable);
    }

    public static class SystemInfo
    {
        public static extern string OEMString { get; }
        public static extern byte OEM { get; }
        public static extern byte Model { get; }
        public static extern ushort SKU { get; }
        public static extern string TargetName { get; }
        public static extern string Platform { get; }
        public static extern SystemInfo.FloatingPoint FloatingPointSupport { get; }
        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4,
        }
    }

    public static class Rtc
    {
        public static extern bool SetSystemTime(DateTime time);
    }
}
