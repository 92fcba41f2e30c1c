using System.Reflection;

// The device's project system makes no such file by itself. The host's build makes its own.
[assembly: AssemblyTitle("Helios.Firmware")]
[assembly: AssemblyProduct("Helios")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
