using System.Reflection;

[assembly: AssemblyTitle("NFUnitTest")]
[assembly: AssemblyProduct("Helios")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
