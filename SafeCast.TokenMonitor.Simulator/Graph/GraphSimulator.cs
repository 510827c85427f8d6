using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Simulates the Graph API for tokens and WhatsApp assets. Its answers follow from <see cref="World"/>.</summary>
public sealed class GraphSimulator : SimulatedService<GraphCall>
{
    internal const string PathBase = "/graph";
    internal const string ContentType = "application/json; charset=UTF-8";
    internal const string TraceHeader = "x-fb-trace-id";

    private const string NewestVersion = "v26.0";

    private ImmutableList<Rewriting> _rewritings = [];
    private int _traces;

    internal GraphSimulator(TimeProvider clock)
        : base(clock) => World = new GraphWorld(clock);

    /// <summary>Everything that exists at Meta.</summary>
    public GraphWorld World { get; }

    /// <summary>The version that answers, if the requested version has expired; null: the requested version.</summary>
    public string? AnsweredVersion { get; set; }

    /// <summary>The maximum number of rows on a page of a list.</summary>
    public int PageSize { get; set; } = 25;

    /// <summary>Whether a token may inspect tokens of its own app, including itself. Graph often rejects this.</summary>
    public bool AllowsInspectionByToken { get; set; }

    /// <summary>The used percentage of the hourly calls of the app, in <c>X-App-Usage</c>; null: no header.</summary>
    public int? AppUsage { get; set; }

    /// <summary>Changes answers before they are sent, for example to omit fields, send ids as numbers or use unknown types. Errors are not changed.</summary>
    /// <param name="operation">The answers to which calls.</param>
    /// <param name="rewrite">Changes the whole body, <c>data</c> and all.</param>
    /// <returns>Dispose it to stop.</returns>
    public IDisposable Rewrite(GraphOperation operation, Action<JsonObject> rewrite)
    {
        var rewriting = new Rewriting(operation, rewrite, this);
        ImmutableInterlocked.Update(ref _rewritings, all => all.Add(rewriting));
        return rewriting;
    }

    private protected override GraphCall Describe(HttpContext context, PathString path)
    {
        var request = GraphRequest.Read(context.Request, path);
        var token = request.Kind == CredentialKind.Token ? World.FindToken(request.Credential!) : null;
        return new GraphCall
        {
            Operation = request.Operation(World),
            Method = request.Method,
            Version = request.Version,
            ObjectId = request.Path is [not ("debug_token" or "me"), ..] ? request.Path[0] : null,
            Fields = request.Fields,
            Credential = request.Kind,
            CredentialInUrl = request.CredentialInUrl,
            AppId = request.Kind == CredentialKind.App ? World.FindApp(request.AppIdOfCredential)?.Id : token?.App.Id,
            UserId = token?.User.Id,
            InspectedUserId = request.Parameter("input_token") is { } input ? World.FindToken(input)?.User.Id : null,
            HasProof = request.Proof is not null,
        };
    }

    private protected override void Stamp(GraphCall call, HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["facebook-api-version"] = AnsweredVersion ?? call.Version ?? NewestVersion;
        headers[TraceHeader] = "A" + SampleSecrets.Word(22, Number(Interlocked.Increment(ref _traces)));
        headers["x-fb-rev"] = "1026000001";
        if (AppUsage is { } percent)
        {
            headers["x-app-usage"] = $"{{\"call_count\":{Number(percent)},\"total_cputime\":0,\"total_time\":{Number(percent / 2)}}}";
        }
    }

    private protected override Task<Reply> AnswerAsync(GraphCall call, HttpContext context, PathString path)
    {
        var request = GraphRequest.Read(context.Request, path);
        var (body, error) = Answer(request, call.Operation);
        if (body is null)
        {
            return Task.FromResult(error!.ToReply(context.Response.Headers[TraceHeader].ToString()));
        }

        foreach (var rewriting in _rewritings)
        {
            rewriting.Apply(call.Operation, body);
        }

        return Task.FromResult(Reply.Json(200, body, ContentType));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private GraphResult Answer(GraphRequest request, GraphOperation operation)
    {
        if (!HttpMethods.IsGet(request.Method))
        {
            return GraphErrors.NoSuchObject(request.Method, request.Path.Count == 0 ? "" : request.Path[0]);
        }

        var now = Clock.GetUtcNow();
        return operation == GraphOperation.DebugToken
            ? DebugToken.Answer(World, request, AllowsInspectionByToken, now)
            : Assets.Answer(World, request, operation, new ListPager(BaseUrl, PageSize), now);
    }

    private sealed class Rewriting(GraphOperation operation, Action<JsonObject> rewrite, GraphSimulator owner) : IDisposable
    {
        public void Apply(GraphOperation answered, JsonObject body)
        {
            if (answered == operation)
            {
                rewrite(body);
            }
        }

        public void Dispose() => ImmutableInterlocked.Update(ref owner._rewritings, all => all.Remove(this));
    }
}
