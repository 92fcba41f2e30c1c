using System.Runtime.InteropServices;

namespace Helios.Chain;

/// <summary>All orders of an auction with one limit.</summary>
/// <param name="Bids">Lots.</param>
/// <param name="Asks">Lots.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BookLevel(ulong Bids, ulong Asks);
