namespace Helios.Tests.HostRelay.Proofs;

/// <summary>Something that a kill loop ends with SIGKILL and starts again.</summary>
/// <param name="Name">What the figures call it.</param>
/// <param name="KillAsync">Ends it at once; nothing of it runs after this.</param>
/// <param name="StartAgainAsync">Starts it on the same port and disk.</param>
internal sealed record Victim(string Name, Func<Task> KillAsync, Func<Task> StartAgainAsync);
