// nanoFramework.CoreLibrary 1.17.11: mscorlib, native 100.5.0.24, checksum 0x1549C856.
using System.Collections;

namespace System
{
    public interface ICloneable
    {
        object Clone();
    }

    public interface IComparable
    {
        int CompareTo(object obj);
    }

    public interface IDisposable
    {
        void Dispose();
    }

    public abstract class Array : ICloneable, IList
    {
        protected extern Array();

        public extern int Length { get; }
        public extern object SyncRoot { get; }
        public extern bool IsReadOnly { get; }
        public extern bool IsFixedSize { get; }
        public extern bool IsSynchronized { get; }
        extern int ICollection.Count { get; }
        extern object IList.this[int index] { get; set; }

        public static extern Array CreateInstance(Type elementType, int length);
        public static extern void Copy(Array sourceArray, Array destinationArray, int length);
        public static extern void Copy(
            Array sourceArray,
            int sourceIndex,
            Array destinationArray,
            int destinationIndex,
            int length);
        public static extern void Clear(Array array, int index, int length);
        public static extern int BinarySearch(Array array, object value, IComparer comparer);
        public static extern int BinarySearch(
            Array array, int index, int length, object value, IComparer comparer);
        public static extern int IndexOf(Array array, object value);
        public static extern int IndexOf(Array array, object value, int startIndex);
        public static extern int IndexOf(Array array, object value, int startIndex, int count);

        public extern object GetValue(int index);
        public extern object Clone();
        public extern void CopyTo(Array array, int index);
        public extern IEnumerator GetEnumerator();

        extern int IList.Add(object value);
        extern bool IList.Contains(object value);
        extern void IList.Clear();
        extern int IList.IndexOf(object value);
        extern void IList.Insert(int index, object value);
        extern void IList.Remove(object value);
        extern void IList.RemoveAt(int index);
    }
}

namespace System.Collections
{
    public interface IEnumerable
    {
        IEnumerator GetEnumerator();
    }

    public interface IEnumerator
    {
        object Current { get; }
        bool MoveNext();
        void Reset();
    }

    public interface IComparer
    {
        int Compare(object x, object y);
    }

    public interface ICollection : IEnumerable
    {
        int Count { get; }
        object SyncRoot { get; }
        bool IsSynchronized { get; }
        void CopyTo(Array array, int index);
    }

    public interface IList : ICollection
    {
        bool IsReadOnly { get; }
        bool IsFixedSize { get; }
        object this[int index] { get; set; }
        int Add(object value);
        bool Contains(object value);
        void Clear();
        int IndexOf(object value);
        void Insert(int index, object value);
        void Remove(object value);
        void RemoveAt(int index);
    }

    public class ArrayList : IList, ICloneable
    {
        public extern ArrayList();

        public virtual extern int Capacity { get; set; }
        public virtual extern int Count { get; }
        public virtual extern bool IsFixedSize { get; }
        public virtual extern bool IsReadOnly { get; }
        public virtual extern bool IsSynchronized { get; }
        public virtual extern object SyncRoot { get; }
        public virtual extern object this[int index] { get; set; }

        public virtual extern int Add(object value);
        public virtual extern int BinarySearch(object value, IComparer comparer);
        public virtual extern void Clear();
        public virtual extern object Clone();
        public virtual extern bool Contains(object value);
        public virtual extern void CopyTo(Array array);
        public virtual extern void CopyTo(Array array, int index);
        public virtual extern IEnumerator GetEnumerator();
        public virtual extern int IndexOf(object value);
        public virtual extern int IndexOf(object value, int startIndex);
        public virtual extern int IndexOf(object value, int startIndex, int count);
        public virtual extern void Insert(int index, object value);
        public virtual extern void Remove(object value);
        public virtual extern void RemoveAt(int index);
        public virtual extern object[] ToArray();
        public virtual extern Array ToArray(Type type);
    }
}
