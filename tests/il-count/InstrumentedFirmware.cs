using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Helios.Signing;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Helios.Tests.IlCount;

/// <summary>
/// Helios.Firmware.dll with a call of <see cref="BlockCounter"/> at the head of every basic
/// block, and beside it a second copy of this assembly that is bound to it.
/// </summary>
public sealed class InstrumentedFirmware : AssemblyLoadContext
{
    private static readonly string FirmwarePath = typeof(SigningKey).Assembly.Location;

    private readonly List<string> _types = [];
    private int _blocks;

    private InstrumentedFirmware()
        : base(nameof(InstrumentedFirmware))
    {
    }

    /// <summary>Runs <see cref="Workload.Run"/> on the instrumented firmware.</summary>
    public static Measurement[] Measure()
    {
        var debuggable = typeof(SigningKey).Assembly.GetCustomAttribute<DebuggableAttribute>();
        if (debuggable is { IsJITOptimizerDisabled: true })
        {
            throw new InvalidOperationException(
                "Helios.Firmware.dll is not optimised: its IL is not what the device runs.");
        }

        var context = new InstrumentedFirmware();
        var copy = context.LoadFromAssemblyPath(typeof(Workload).Assembly.Location);
        context.LoadInstrumented();
        copy.GetType(typeof(BlockCounter).FullName!)!
            .GetMethod(nameof(BlockCounter.Name))!
            .Invoke(null, [context._types]);
        var run = copy.GetType(typeof(Workload).FullName!)!
            .GetMethod(nameof(Workload.Run))!
            .CreateDelegate<Func<(string, string, long, long, ulong, long)[]>>();
        return [.. run().Select(Measurement.Of)];
    }

    protected override Assembly? Load(AssemblyName assemblyName)
        => Assemblies.FirstOrDefault(
            loaded => string.Equals(
                loaded.GetName().Name, assemblyName.Name, StringComparison.Ordinal));

    private void LoadInstrumented()
    {
        using var module = ModuleDefinition.ReadModule(FirmwarePath);
        var enter = module.ImportReference(
            typeof(BlockCounter).GetMethod(nameof(BlockCounter.Enter)));
        foreach (var type in module.GetTypes().Where(type => type.HasMethods))
        {
            _types.Add(type.Name);
            foreach (var method in type.Methods.Where(method => method.HasBody))
            {
                Instrument(method.Body, enter, _types.Count - 1);
            }
        }

        using var image = new MemoryStream();
        module.Write(image);
        image.Position = 0;
        LoadFromStream(image);
    }

    private void Instrument(MethodBody body, MethodReference enter, int type)
    {
        body.SimplifyMacros();
        var leaders = Leaders(body);
        var heads = new Dictionary<Instruction, Instruction>();
        var il = body.GetILProcessor();
        foreach (var leader in leaders)
        {
            int length = 1;
            for (var i = leader.Next; i is not null && !leaders.Contains(i); i = i.Next)
            {
                length++;
            }

            var head = Instruction.Create(OpCodes.Ldc_I4, type);
            heads[leader] = head;
            il.InsertBefore(leader, head);
            il.InsertBefore(leader, Instruction.Create(OpCodes.Ldc_I4, _blocks++));
            il.InsertBefore(leader, Instruction.Create(OpCodes.Ldc_I4, length));
            il.InsertBefore(leader, Instruction.Create(OpCodes.Call, enter));
        }

        Retarget(body, heads);
        body.OptimizeMacros();
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            bool endsBlock = instruction.OpCode.FlowControl
                is FlowControl.Branch or FlowControl.Cond_Branch
                or FlowControl.Return or FlowControl.Throw;
            if (endsBlock && instruction.Next is not null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.TryStart);
            leaders.Add(handler.TryEnd);
            leaders.Add(handler.HandlerStart);
            if (handler.HandlerEnd is not null)
            {
                leaders.Add(handler.HandlerEnd);
            }
        }

        return leaders;
    }

    private static void Retarget(MethodBody body, Dictionary<Instruction, Instruction> heads)
    {
        foreach (var instruction in body.Instructions)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => heads[target],
                Instruction[] targets => targets.Select(target => heads[target]).ToArray(),
                var other => other,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = heads[handler.TryStart];
            handler.HandlerStart = heads[handler.HandlerStart];
            handler.TryEnd = heads[handler.TryEnd];
            handler.HandlerEnd = handler.HandlerEnd is null ? null : heads[handler.HandlerEnd];
        }
    }
}
