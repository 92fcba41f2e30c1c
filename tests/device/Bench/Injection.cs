using Helios.Boards.Hardware;
using Helios.Device;
using Helios.Signing;

namespace Helios.Tests.Device.Bench;

/// <summary>
/// Parts of a platform that throw what nobody expects, once, at the n-th call of any of them.
/// </summary>
internal sealed class Injection(int throwsAt) : IPulseSource
{
    private int _calls;

    /// <summary>True before the first call.</summary>
    public bool IsNew => _calls == 0;

    /// <summary>True once it has thrown.</summary>
    public bool HasThrown => _calls >= throwsAt;

    /// <summary>True: from then on every call throws.</summary>
    public bool IsForEver { get; init; }

    /// <summary>The line behind the pin that throws.</summary>
    public IPulseSource? Line { get; set; }

    public long Pulses
    {
        get
        {
            Pass();
            return Line!.Pulses;
        }
    }

    /// <summary>The platform of the signing stage's parts.</summary>
    public Platform Wrap(Platform platform) => new(
        platform.Threads,
        new Flash(this, platform.Flash),
        new Lines(this, platform.Console),
        platform.Link,
        platform.Time,
        platform.Power,
        new Entropy(this, platform.Entropy),
        new Hmac(this, platform.Hmac));

    /// <summary>The platform of the network stage's parts.</summary>
    public Platform WrapNetwork(Platform platform) => new(
        platform.Threads,
        platform.Flash,
        platform.Console,
        new Link(this, platform.Link),
        new Time(this, platform.Time),
        platform.Power,
        platform.Entropy,
        platform.Hmac);

    private void Pass()
    {
        _calls++;
        if (_calls == throwsAt || (IsForEver && _calls > throwsAt))
        {
            throw new InvalidOperationException("injected");
        }
    }

    private sealed class Flash(Injection injection, IFlash inner) : IFlash
    {
        public FlashResult Read(string name, byte[] bytes, out int length)
        {
            injection.Pass();
            return inner.Read(name, bytes, out length);
        }

        public FlashResult Write(string name, byte[] bytes)
        {
            injection.Pass();
            return inner.Write(name, bytes);
        }
    }

    private sealed class Lines(Injection injection, IConsole inner) : IConsole
    {
        public void WriteLine(string line)
        {
            injection.Pass();
            inner.WriteLine(line);
        }
    }

    private sealed class Entropy(Injection injection, IEntropy inner) : IEntropy
    {
        public void Fill(byte[] bytes)
        {
            injection.Pass();
            inner.Fill(bytes);
        }
    }

    private sealed class Hmac(Injection injection, IHmacSha256 inner) : IHmacSha256
    {
        public byte[] HashData(byte[] key, byte[] data)
        {
            injection.Pass();
            return inner.HashData(key, data);
        }
    }

    private sealed class Link(Injection injection, INetworkLink inner) : INetworkLink
    {
        public bool IsUp
        {
            get
            {
                injection.Pass();
                return inner.IsUp;
            }
        }

        public LinkResult Connect()
        {
            injection.Pass();
            return inner.Connect();
        }

        public void Drop()
        {
            injection.Pass();
            inner.Drop();
        }
    }

    private sealed class Time(Injection injection, ITimeSource inner) : ITimeSource
    {
        public void Ask(string server)
        {
            injection.Pass();
            inner.Ask(server);
        }

        public bool TryTake(out ulong unixMs)
        {
            injection.Pass();
            return inner.TryTake(out unixMs);
        }
    }
}
