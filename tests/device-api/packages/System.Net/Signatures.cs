// nanoFramework.System.Net 1.11.60: System.Net, native 100.2.0.14
using System.Security.Cryptography.X509Certificates;

namespace System.Net
{
    public static class Dns
    {
        public static extern IPHostEntry GetHostEntry(string hostNameOrAddress);
    }

    public class IPHostEntry
    {
        public extern string HostName { get; }
        public extern IPAddress[] AddressList { get; }
    }

    public class IPAddress
    {
        public extern IPAddress(long newAddress);
        public extern IPAddress(byte[] address);
        public extern Sockets.AddressFamily AddressFamily { get; }
        public static extern bool operator ==(IPAddress a, IPAddress b);
        public static extern bool operator !=(IPAddress a, IPAddress b);
        public extern byte[] GetAddressBytes();
        public static extern IPAddress Parse(string ipString);
    }

    public abstract class EndPoint
    {
    }

    public class IPEndPoint : EndPoint
    {
        public extern IPEndPoint(long address, int port);
        public extern IPEndPoint(IPAddress address, int port);
        public extern IPAddress Address { get; }
        public extern int Port { get; }
    }
}

namespace System.Net.Sockets
{
    public class Socket : IDisposable
    {
        public extern Socket(
            AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType);
        public extern int Available { get; }
        public extern void Connect(EndPoint remoteEP);
        public extern void Close();
        public extern int Send(byte[] buffer);
        public extern int Receive(byte[] buffer);
        public extern bool Poll(int microSeconds, SelectMode mode);
        extern void IDisposable.Dispose();
    }

    public enum AddressFamily
    {
        Unknown = -1,
        Unspecified = 0,
        InterNetwork = 2,
        InterNetworkV6 = 23,
    }

    public enum SocketType
    {
        Stream = 1,
        Dgram = 2,
        Raw = 3,
        Rdm = 4,
        Seqpacket = 5,
        Unknown = -1,
    }

    public enum ProtocolType
    {
        IP = 0,
        Icmp = 1,
        Tcp = 6,
        Udp = 17,
        IPv6 = 41,
        Raw = 255,
        Unknown = -1,
    }

    public enum SelectMode
    {
        SelectRead = 0,
        SelectWrite = 1,
        SelectError = 2,
    }

    public class SocketException : Exception
    {
        public extern SocketException(SocketError errorCode);
        public extern int ErrorCode { get; }
    }

    public enum SocketError
    {
        Success = 0,
        SocketError = -1,
        Interrupted = 10004,
        AccessDenied = 10013,
        Fault = 10014,
        InvalidArgument = 10022,
        TooManyOpenSockets = 10024,
        WouldBlock = 10035,
        InProgress = 10036,
        AlreadyInProgress = 10037,
        NotSocket = 10038,
        DestinationAddressRequired = 10039,
        MessageSize = 10040,
        ProtocolType = 10041,
        ProtocolOption = 10042,
        ProtocolNotSupported = 10043,
        SocketNotSupported = 10044,
        OperationNotSupported = 10045,
        ProtocolFamilyNotSupported = 10046,
        AddressFamilyNotSupported = 10047,
        AddressAlreadyInUse = 10048,
        AddressNotAvailable = 10049,
        NetworkDown = 10050,
        NetworkUnreachable = 10051,
        NetworkReset = 10052,
        ConnectionAborted = 10053,
        ConnectionReset = 10054,
        NoBufferSpaceAvailable = 10055,
        IsConnected = 10056,
        NotConnected = 10057,
        Shutdown = 10058,
        TimedOut = 10060,
        ConnectionRefused = 10061,
        HostDown = 10064,
        HostUnreachable = 10065,
        ProcessLimit = 10067,
        SystemNotReady = 10091,
        VersionNotSupported = 10092,
        NotInitialized = 10093,
        Disconnecting = 10101,
        TypeNotFound = 10109,
        HostNotFound = 11001,
        TryAgain = 11002,
        NoRecovery = 11003,
        NoData = 11004,
    }
}

namespace System.Net.NetworkInformation
{
    public class NetworkInterface
    {
        protected extern NetworkInterface(int interfaceIndex);
        public extern bool IsAutomaticDnsEnabled { get; }
        public extern string IPv4Address { get; }
        public extern string IPv4GatewayAddress { get; }
        public extern string IPv4SubnetMask { get; }
        public extern bool IsDhcpEnabled { get; }
        public extern string[] IPv4DnsAddresses { get; }
        public extern byte[] PhysicalAddress { get; set; }
        public extern NetworkInterfaceType NetworkInterfaceType { get; }
        public extern uint SpecificConfigId { get; set; }
        public static extern bool GetIsNetworkAvailable();
        public static extern NetworkInterface[] GetAllNetworkInterfaces();
        public extern void EnableStaticIPv4(
            string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress);
        public extern void EnableStaticIPv6(
            string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress);
        public extern void EnableStaticIP(
            string ipv4Address, string ipv4subnetMask, string ipv4gatewayAddress,
            string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress);
        public extern void EnableDhcp();
        public extern void EnableStaticIPv4Dns(string[] dnsAddresses);
        public extern void EnableStaticIPv6Dns(string[] dnsAddresses);
        public extern void EnableAutomaticDns();
        public extern void ReleaseDhcpLease();
        public extern void RenewDhcpLease();
    }

    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    public class Wireless80211Configuration
    {
        public extern Wireless80211Configuration(uint id);
        public extern AuthenticationType Authentication { get; set; }
        public extern EncryptionType Encryption { get; set; }
        public extern RadioType Radio { get; set; }
        public extern Wireless80211Configuration.ConfigurationOptions Options { get; set; }
        public extern string Password { get; set; }
        public extern string Ssid { get; set; }
        public extern uint Id { get; }
        public extern void SaveConfiguration();
        public static extern Wireless80211Configuration[] GetAllWireless80211Configurations();
        [Flags]
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
            SmartConfig = 10,
        }
    }

    public enum AuthenticationType : byte
    {
        None = 0,
        EAP = 1,
        PEAP = 2,
        WCN = 3,
        Open = 4,
        Shared = 5,
        WEP = 6,
        WPA = 7,
        WPA2 = 8,
    }

    public enum EncryptionType : byte
    {
        None = 0,
        WEP = 1,
        WPA = 2,
        WPA2 = 3,
        WPA_PSK = 4,
        WPA2_PSK = 5,
        Certificate = 6,
    }

    public enum RadioType : byte
    {
        NotSpecified = 0,
        _802_11a = 1,
        _802_11b = 2,
        _802_11g = 4,
        _802_11n = 8,
    }
}

namespace System.Net.Security
{
    public static class CertificateManager
    {
        public static extern bool AddCaCertificateBundle(X509Certificate[] ca);
        public static extern bool AddCaCertificateBundle(string ca);
        public static extern bool AddCaCertificateBundle(byte[] ca);
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        public extern X509Certificate();
        public extern X509Certificate(byte[] certificate);
        public extern X509Certificate(string certificate);
        public virtual extern string Issuer { get; }
        public virtual extern string Subject { get; }
        public virtual extern DateTime GetEffectiveDate();
        public virtual extern DateTime GetExpirationDate();
        public virtual extern byte[] GetRawCertData();
    }
}

namespace nanoFramework.Networking
{
    public class IPConfiguration
    {
        public extern IPConfiguration(
            string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress,
            string[] ipv4DnsAddresses = null);
        public extern string IPAddress { get; set; }
        public extern string IPSubnetMask { get; set; }
        public extern string IPGatewayAddress { get; set; }
        public extern string[] IPDns { get; set; }
    }

    public enum NetworkHelperStatus
    {
        None = 0,
        Started = 1,
        NetworkIsReady = 2,
        FailedNoNetworkInterface = 3,
        TokenExpiredWaitingIPAddress = 4,
        TokenExpiredWaitingDateTime = 5,
        ErrorConnetingToWiFiWhileScanning = 6,
        ExceptionOccurred = 7,
        Reconnecting = 8,
    }
}
