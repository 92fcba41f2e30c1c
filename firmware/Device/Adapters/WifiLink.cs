using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;

namespace Helios.Device
{
    /// <summary>
    /// Wi-Fi with the name and password that the board's own store holds. Written against the
    /// native code of the image, since the package does not tell: <c>Connect</c> waits up to 20 s
    /// while other threads run; <c>Automatic</c> is the value that does not write the credentials
    /// to flash again; after a <c>Connect</c> the image reconnects at once and for ever by itself,
    /// until <c>Disconnect</c>.
    /// </summary>
    public sealed class WifiLink : INetworkLink
    {
        private const string NoAddress = "0.0.0.0";

        private WifiAdapter _adapter;

        /// <inheritdoc/>
        public bool IsUp
        {
            get
            {
                try
                {
                    return NetworkInterface.GetIsNetworkAvailable() && HasAddress(FindStation());
                }
                catch (Exception)
                {
                    return false;
                }
            }
        }

        /// <inheritdoc/>
        public LinkResult Connect()
        {
            try
            {
                Wireless80211Configuration credentials = FindCredentials(FindStation());
                if (credentials == null || string.IsNullOrEmpty(credentials.Ssid))
                {
                    return LinkResult.NoCredentials;
                }

                WifiConnectionResult result = Adapter.Connect(
                    credentials.Ssid, WifiReconnectionKind.Automatic, credentials.Password);
                if (result.ConnectionStatus != WifiConnectionStatus.Success)
                {
                    return LinkResult.Failed;
                }

                return IsUp ? LinkResult.Up : LinkResult.AddressPending;
            }
            catch (Exception)
            {
                return LinkResult.Failed;
            }
        }

        /// <inheritdoc/>
        public void Drop()
        {
            try
            {
                Adapter.Disconnect();
            }
            catch (Exception)
            {
                // It is connected anew either way.
            }
        }

        private WifiAdapter Adapter
        {
            get
            {
                if (_adapter == null)
                {
                    _adapter = WifiAdapter.FindAllAdapters()[0];
                }

                return _adapter;
            }
        }

        private static bool HasAddress(NetworkInterface station)
        {
            return station != null && !string.Equals(station.IPv4Address, NoAddress);
        }

        private static NetworkInterface FindStation()
        {
            NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < interfaces.Length; i++)
            {
                if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
                {
                    return interfaces[i];
                }
            }

            return null;
        }

        private static Wireless80211Configuration FindCredentials(NetworkInterface station)
        {
            if (station == null)
            {
                return null;
            }

            Wireless80211Configuration[] all =
                Wireless80211Configuration.GetAllWireless80211Configurations();
            uint place = station.SpecificConfigId;
            return place < all.Length ? all[place] : null;
        }
    }
}
