namespace Helios.Tests.DeviceGates;

/// <summary>
/// The options of nanoff 2.5.162 that flash an ESP32, from nanoFirmwareFlasher.Tool/Options.cs of
/// nanoframework/nanoFirmwareFlasher at baccab8d; those of other chips are left out.
/// </summary>
internal static class NanoffOptions
{
    public const string Version = "2.5.162";

    /// <summary>Options that are there or not.</summary>
    public static readonly string[] Switches =
    [
        "--checkpsram", "--clearcache", "--deploy", "--devicedetails", "--fromarchive",
        "--identifyfirmware", "--listdevices", "--listports", "--listtargets", "--masserase",
        "--nanodevice", "--nobackupconfig", "--nofitcheck", "--preview", "--reset",
        "--suppressnanoffversioncheck", "--update", "--updatearchive", "--verify",
    ];

    /// <summary>Options that a value follows.</summary>
    public static readonly string[] WithValue =
    [
        "--address", "--archivepath", "--backupfile", "--backuppath", "--baud", "--binfile",
        "--clrfile", "--filedeployment", "--flashfreq", "--flashmode", "--fwversion", "--image",
        "--networkdeployment", "--partitiontablesize", "--platform", "--serialport", "--target",
        "--verbosity", "-v",
    ];
}
