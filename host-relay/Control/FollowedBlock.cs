namespace Helios.Control;

/// <summary>The final block up to which everything is signed.</summary>
/// <param name="Number">Height.</param>
/// <param name="Hash">Which block of that height.</param>
public sealed record FollowedBlock(ulong Number, string Hash);
