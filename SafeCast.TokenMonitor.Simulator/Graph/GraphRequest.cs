using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>A parsed request. Contains credentials, so it is never recorded.</summary>
internal sealed class GraphRequest
{
    private const string Bearer = "Bearer ";

    private GraphRequest(HttpRequest request, string? version, IReadOnlyList<string> path)
    {
        Method = request.Method;
        Query = request.Query;
        Version = version;
        Path = path;

        var header = request.Headers.Authorization.ToString();
        var inQuery = Parameter("access_token");
        CredentialInUrl = inQuery is not null;
        Credential = inQuery ?? (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null);
    }

    public string Method { get; }

    public string? Version { get; }

    /// <summary>The path without the version.</summary>
    public IReadOnlyList<string> Path { get; }

    public IQueryCollection Query { get; }

    /// <summary>The access token. As in Graph, one in the query takes precedence.</summary>
    public string? Credential { get; }

    public bool CredentialInUrl { get; }

    public string? Proof => Parameter("appsecret_proof");

    public IReadOnlyList<string> Fields => Parameter("fields")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public CredentialKind Kind => Credential switch
    {
        null => CredentialKind.None,
        var text when text.Contains('|') => CredentialKind.App,
        _ => CredentialKind.Token,
    };

    public string AppIdOfCredential => Credential?.Split('|')[0] ?? "";

    public static GraphRequest Read(HttpRequest request, PathString path)
    {
        var parts = path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var hasVersion = parts is [['v', >= '0' and <= '9', ..], ..];
        return new GraphRequest(request, hasVersion ? parts[0] : null, hasVersion ? parts[1..] : parts);
    }

    public string? Parameter(string name) => Query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

    public GraphOperation Operation(GraphWorld world) => Path switch
    {
        ["debug_token"] => GraphOperation.DebugToken,
        ["me"] => GraphOperation.Me,
        ["me", "permissions"] => GraphOperation.Permissions,
        [_, "phone_numbers"] => GraphOperation.PhoneNumbers,
        [_, "subscribed_apps"] => GraphOperation.SubscribedApps,
        [_, "assigned_users"] => GraphOperation.AssignedUsers,
        [_] when Kind is CredentialKind.App => GraphOperation.App,
        [var id] when world.FindNumber(id) is not null => GraphOperation.PhoneNumber,
        [var id] when world.FindAccount(id) is null && Fields.Contains("health_status") => GraphOperation.PhoneNumber,
        [_] => GraphOperation.BusinessAccount,
        _ => GraphOperation.Unknown,
    };
}
