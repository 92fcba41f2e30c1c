// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System.Reflection
{
    public abstract class MemberInfo
    {
        protected extern MemberInfo();
        public abstract string Name { get; }
    }
}

namespace System
{
    public abstract class Type : Reflection.MemberInfo
    {
        protected extern Type();
        public abstract string FullName { get; }
        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
        public override extern string ToString();
    }

    public class Random
    {
        public extern Random();
        public extern Random(int seed);
        public virtual extern int Next();
        public virtual extern int Next(int maxValue);
        public virtual extern void NextBytes(byte[] buffer);
    }

    public static class Console
    {
        public static extern void Write(string value);
        public static extern void WriteLine();
        public static extern void WriteLine(string value);
    }

    public class WeakReference
    {
        public extern WeakReference(object target);
        public virtual extern bool IsAlive { get; }
        public virtual extern object Target { get; set; }
    }
}

namespace System.Diagnostics
{
    public static class Debug
    {
        [Conditional("DEBUG")]
        public static extern void Assert(bool condition);

        [Conditional("DEBUG")]
        public static extern void Assert(bool condition, string message);

        [Conditional("DEBUG")]
        public static extern void Write(string message);

        [Conditional("DEBUG")]
        public static extern void WriteLine(string message);
    }
}
