// nanoFramework.Runtime.Events 1.11.39: nanoFramework.Runtime.Events, native 100.0.8.0
namespace nanoFramework.Runtime.Events
{
    public class BaseEvent
    {
        public ushort Source;
        public byte Message;
        public extern BaseEvent();
    }
}
