// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
namespace System;

public abstract class Delegate
{
    protected extern Delegate();
    public extern object Target { get; }
    public static extern bool operator ==(Delegate d1, Delegate d2);
    public static extern bool operator !=(Delegate d1, Delegate d2);
    public override extern bool Equals(object obj);
    public static extern Delegate Combine(Delegate a, Delegate b);
    public static extern Delegate Remove(Delegate source, Delegate value);
    public virtual extern Delegate[] GetInvocationList();
}

public abstract class MulticastDelegate : Delegate
{
    protected extern MulticastDelegate();
    public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
    public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
    public override extern bool Equals(object obj);
}

public delegate void Action();

public delegate void EventHandler(object sender, EventArgs e);

public class EventArgs
{
    public static readonly EventArgs Empty;
    public extern EventArgs();
}
