namespace Helios.Boards.Simulated;

/// <summary>What a command comes to: an answer, and what is written when it is over.</summary>
/// <param name="Data">Data of the answer; one byte is a status.</param>
/// <param name="Writes">What it does to the memory.</param>
internal sealed record ElementAnswer(byte[] Data, Action Writes)
{
    internal static ElementAnswer Of(byte[] data) => new(data, () => { });

    internal static ElementAnswer Status(byte status) => Of([status]);

    internal static ElementAnswer After(Action writes) => new([0], writes);
}
