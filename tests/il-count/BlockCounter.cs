using System.Runtime.CompilerServices;

namespace Helios.Tests.IlCount;

/// <summary>
/// What the instrumented firmware calls at the head of every basic block. Static, since woven
/// code has no instance to reach; one copy exists per <see cref="InstrumentedFirmware"/>.
/// </summary>
public static class BlockCounter
{
    private static readonly List<string> TypeNames = [];
    private static readonly long[] Instructions = new long[1024];
    private static readonly bool[] IsLeftOut = new bool[1024];

    /// <summary>
    /// Depends on the order of all blocks entered since <see cref="Reset"/>, but for left out
    /// types.
    /// </summary>
    public static ulong Path { get; private set; }

    public static long Total => Instructions.Sum();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(int type, int block, int instructions)
    {
        Instructions[type] += instructions;
        if (!IsLeftOut[type])
        {
            // FNV-1a over block numbers.
            Path = (Path ^ (uint)block) * 0x100000001B3;
        }
    }

    public static void Name(IEnumerable<string> types)
    {
        TypeNames.AddRange(types);
    }

    /// <summary>Leaves these types out of <see cref="Path"/> and <see cref="CountOf"/>.</summary>
    public static void LeaveOut(params string[] types)
    {
        foreach (string type in types)
        {
            IsLeftOut[TypeNames.IndexOf(type)] = true;
        }
    }

    public static long TotalWithoutLeftOut()
        => Instructions.Where((_, type) => !IsLeftOut[type]).Sum();

    public static long CountOf(string type) => Instructions[TypeNames.IndexOf(type)];

    public static void Reset()
    {
        Array.Clear(Instructions);
        Path = 0xCBF29CE484222325;
    }
}
