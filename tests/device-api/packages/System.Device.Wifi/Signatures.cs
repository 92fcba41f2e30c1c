// nanoFramework.System.Device.Wifi 1.5.149: System.Device.Wifi, native 100.0.6.6
using System;
using System.Device.Wifi;
using System.Threading;

namespace System.Device.Wifi
{
    public sealed class WifiAdapter : IDisposable
    {
        internal extern WifiAdapter();
        public extern int NetworkInterface { get; }
        public extern WifiConnectionResult Connect(
            string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern void Disconnect();
        public static extern WifiAdapter[] FindAllAdapters();
        public extern void SetDeviceName(string deviceName);
        public extern void ScanAsync();
        public extern void Dispose();
    }

    public class WifiConnectionResult
    {
        internal extern WifiConnectionResult();
        public extern WifiConnectionStatus ConnectionStatus { get; }
    }

    public enum WifiConnectionStatus
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }
}

namespace nanoFramework.Networking
{
    public static class WifiNetworkHelper
    {
        public static extern ManualResetEvent NetworkReady { get; }
        public static extern NetworkHelperStatus Status { get; }
        public static extern Exception HelperException { get; }
        public static extern WifiAdapter WifiAdapter { get; }
        public static extern void SetupNetworkHelper(bool requiresDateTime = false);
        public static extern void SetupNetworkHelper(
            IPConfiguration ipConfiguration, bool requiresDateTime = false);
        public static extern void SetupNetworkHelper(
            string ssid, string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false);
        public static extern void Disconnect();
        public static extern bool ConnectDhcp(
            string ssid, string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int wifiAdapterId = 0,
            CancellationToken token = default);
        public static extern bool ConnectFixAddress(
            string ssid, string password, IPConfiguration ipConfiguration,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int WifiAdapter = 0,
            CancellationToken token = default);
        public static extern bool ScanAndConnectDhcp(
            string ssid, string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int WifiAdapter = 0,
            CancellationToken token = default);
        public static extern bool Reconnect(
            bool requiresDateTime = false, int wifiAdapterId = 0,
            CancellationToken token = default);
        public static extern void Reset();
    }
}
