namespace Helios.Chain;

/// <summary>One call of JSON-RPC.</summary>
/// <param name="Method">For instance eth_chainId.</param>
/// <param name="Arguments">Anything that System.Text.Json writes as the node expects it.</param>
public sealed record RpcRequest(string Method, params object?[] Arguments);
