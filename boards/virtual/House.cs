using Helios.Boards.Virtual.Power;
using Helios.Chain;

namespace Helios.Boards.Virtual;

/// <summary>One household of the neighbourhood.</summary>
/// <param name="Board">Its board, which is its meter.</param>
/// <param name="Series">The power that flows.</param>
/// <param name="Meter">The address that the board signs with.</param>
/// <param name="Owner">Who gets the coins.</param>
public sealed record House(VirtualBoard Board, PowerSeries Series, Address Meter, Address Owner);
