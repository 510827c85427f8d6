using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// The requests of one inspection: all within one timeout, none after the app was throttled, each recorded.
/// </summary>
internal sealed class GraphSession(
    GraphClient client,
    IReadOnlyList<Secret> known,
    string throttleKey,
    ThrottledApps throttled,
    TimeProvider time,
    CancellationToken timeout,
    CancellationToken cancelled)
{
    // No list of a business account is longer. The limit also ends lists with circular cursors.
    private const int MostPages = 50;

    private static readonly GraphError NotAsked = new()
    {
        Class = GraphErrorClass.Throttled,
        Code = 4,
        Message = "not queried: Graph throttled the app earlier in this check",
    };

    private static readonly GraphError TimedOut = GraphError.NoAnswer("Graph gave no answer within the timeout of the inspection");

    private readonly Lock _lock = new();
    private readonly List<GraphCall> _calls = [];
    private string? _answeredVersion;
    private TimeSpan? _clockSkew;

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<GraphCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The Graph version that answered: the first one that differs from the requested version, or else the requested version.</summary>
    public string? AnsweredVersion
    {
        get
        {
            lock (_lock)
            {
                return _answeredVersion;
            }
        }
    }

    /// <summary>The difference between the clock of Graph and the clock of this machine, from the last answer that stated a time.</summary>
    public TimeSpan? ClockSkew
    {
        get
        {
            lock (_lock)
            {
                return _clockSkew;
            }
        }
    }

    public Task<GraphAnswer<DebugToken>> DebugTokenAsync(Secret token, GraphCredential asker) =>
        SendAsync(
            new GraphRequest(GraphOperation.DebugToken, "/debug_token", asker, known) { Parameters = [("input_token", token.Reveal())] },
            GraphReaders.DebugToken);

    public Task<GraphAnswer<Identity>> MeAsync(GraphCredential token) =>
        SendAsync(
            new GraphRequest(GraphOperation.Me, "/me", token, known) { Fields = ["id", "name"], NodeTypes = ["SystemUser", "User"] },
            GraphReaders.Identity);

    public Task<GraphAnswer<IReadOnlyList<ScopeGrant>>> ScopeGrantsAsync(GraphCredential token) =>
        ListAsync(new GraphRequest(GraphOperation.Permissions, "/me/permissions", token, known), GraphReaders.ScopeGrant);

    public Task<GraphAnswer<PhoneNumber>> PhoneNumberAsync(string id, GraphCredential token) =>
        SendAsync(
            new GraphRequest(GraphOperation.PhoneNumber, $"/{id}", token, known)
            {
                Fields = ["id", "display_phone_number", "verified_name", "quality_rating", "status", "health_status"],
                NodeTypes = ["WhatsAppBusinessPhoneNumber"],
            },
            GraphReaders.PhoneNumber);

    public Task<GraphAnswer<BusinessAccount>> BusinessAccountAsync(string id, GraphCredential token) =>
        SendAsync(
            new GraphRequest(GraphOperation.BusinessAccount, $"/{id}", token, known) { Fields = ["id", "name"], NodeTypes = ["WhatsAppBusinessAccount"] },
            GraphReaders.BusinessAccount);

    public Task<GraphAnswer<IReadOnlyList<string>>> PhoneNumbersAsync(string accountId, GraphCredential token) =>
        ListAsync(
            new GraphRequest(GraphOperation.PhoneNumbers, $"/{accountId}/phone_numbers", token, known) { Fields = ["id"] },
            GraphReaders.Id);

    public Task<GraphAnswer<IReadOnlyList<string>>> SubscribedAppsAsync(string accountId, GraphCredential token) =>
        ListAsync(
            new GraphRequest(GraphOperation.SubscribedApps, $"/{accountId}/subscribed_apps", token, known),
            GraphReaders.SubscribedAppId);

    public Task<GraphAnswer<Identity>> OwnerAsync(string accountId, GraphCredential token) =>
        SendAsync(
            new GraphRequest(GraphOperation.Owner, $"/{accountId}", token, known) { Fields = ["owner_business_info"] },
            GraphReaders.Owner);

    public Task<GraphAnswer<IReadOnlyList<AssignedUser>>> AssignedUsersAsync(
        string accountId, string portfolioId, GraphCredential token) =>
        ListAsync(
            new GraphRequest(GraphOperation.AssignedUsers, $"/{accountId}/assigned_users", token, known)
            {
                Parameters = [("business", portfolioId)],
                Fields = ["id", "name", "tasks"],
            },
            GraphReaders.AssignedUser);

    /// <summary>Reads the node of an app with its own credential.</summary>
    public Task<GraphAnswer<Identity>> AppAsync(string id, GraphCredential app) =>
        SendAsync(
            new GraphRequest(GraphOperation.App, $"/{id}", app, known) { Fields = ["id", "name"], NodeTypes = ["Application"] },
            GraphReaders.Identity);

    private async Task<GraphAnswer<T>> SendAsync<T>(GraphRequest request, Func<GraphJson, T?> read)
        where T : class
    {
        if (throttled.Contains(throttleKey))
        {
            return Record<T>(request, NotAsked, attempts: 0, TimeSpan.Zero);
        }

        if (timeout.IsCancellationRequested)
        {
            cancelled.ThrowIfCancellationRequested();
            return Record<T>(request, TimedOut, attempts: 0, TimeSpan.Zero);
        }

        var start = time.GetTimestamp();
        try
        {
            var (answer, seen, attempts) = await client.GetAsync(request, read, timeout).ConfigureAwait(false);
            if (answer.Error?.Class is GraphErrorClass.Throttled)
            {
                throttled.Add(throttleKey);
            }

            Note(seen);
            return Record(request, answer, attempts, time.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            return Record<T>(request, TimedOut, attempts: 1, time.GetElapsedTime(start));
        }
    }

    // Follows the cursor instead of paging.next, which is a URL that contains the access token and may have any host.
    private async Task<GraphAnswer<IReadOnlyList<T>>> ListAsync<T>(GraphRequest first, Func<GraphJson, T?> readRow)
        where T : class
    {
        var rows = new List<T>();
        string? after = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var request = after is null ? first : first.WithParameter("after", after);
            var answer = await SendAsync(request, body => body.Objects("data") is { } data ? new Page<T>(data, body, readRow) : null).ConfigureAwait(false);
            if (answer.Value is not { } page)
            {
                return answer.Error!;
            }

            // An incomplete list shows nothing about missing entries.
            if (page.Rows.Contains(null) || (page.HasNext && (page.After is null || page.After == after)))
            {
                return GraphError.NoAnswer("The list could not be read to its end");
            }

            rows.AddRange(page.Rows!);
            if (!page.HasNext)
            {
                return GraphAnswer<IReadOnlyList<T>>.Of(rows);
            }

            after = page.After;
        }

        return GraphError.NoAnswer($"The list had no end after {MostPages} pages");
    }

    private GraphAnswer<T> Record<T>(GraphRequest request, GraphAnswer<T> answer, int attempts, TimeSpan duration)
        where T : class
    {
        lock (_lock)
        {
            _calls.Add(new GraphCall(request.Operation, answer.Error?.Class, attempts, duration));
        }

        return answer;
    }

    private void Note(GraphObservation seen)
    {
        lock (_lock)
        {
            _clockSkew = seen.ClockSkew ?? _clockSkew;
            if (seen.Version is { Length: > 0 } version && (_answeredVersion is null || _answeredVersion == client.Endpoint.Version))
            {
                _answeredVersion = version;
            }
        }
    }

    private sealed class Page<T>
        where T : class
    {
        public Page(IReadOnlyList<GraphJson> data, GraphJson body, Func<GraphJson, T?> readRow)
        {
            Rows = [.. data.Select(readRow)];

            // The last page has cursors too. Only "next" shows that there is another page.
            var paging = body.Object("paging");
            HasNext = paging?.Text("next") is not null;
            After = paging?.Object("cursors")?.Cursor("after");
        }

        /// <summary>The rows; null: a row that cannot be read.</summary>
        public IReadOnlyList<T?> Rows { get; }

        public bool HasNext { get; }

        public string? After { get; }
    }
}
