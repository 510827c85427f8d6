using System.Web;
using Microsoft.Extensions.Logging.Abstractions;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Simulator;
using SafeCast.TokenMonitor.Tests.Support;
using GraphOperation = SafeCast.TokenMonitor.Inspection.Graph.GraphOperation;
using GraphRequest = SafeCast.TokenMonitor.Inspection.Graph.GraphRequest;

namespace SafeCast.TokenMonitor.Tests.Inspection.Graph;

public sealed class GraphClientTests : IAsyncLifetime
{
    private InspectionBench _bench = null!;

    private GraphSimulator Graph => _bench.Graph;

    private Secret Token => new(_bench.World.Token.Value);

    private Secret AppSecret => new(_bench.World.App.Secret);

    public static TheoryData<string, Fault> WhatPasses { get; } = new()
    {
        { "a proxy's page", Fault.Html() },
        { "a proxy's page that claims to be fine", Fault.Html(200) },
        { "a proxy's page that finds nothing", Fault.Html(404) },
        { "a body of nothing", Fault.Answer(200) },
        { "a refusal of nothing", Fault.Answer(400) },
        { "a 401 of nothing", Fault.Answer(401) },
        { "too many calls, says a proxy", Fault.Answer(429) },
        { "a body cut short", Fault.Answer(200, """{"id":"1000555666""") },
        { "a body with something behind it", Fault.Answer(200, """{"id":"1"}{"id":"2"}""") },
        { "a list", Fault.Answer(200, "[]") },
        { "a text", Fault.Answer(200, "\"id\"") },
        { "null", Fault.Answer(200, "null") },
        { "an object of nothing", Fault.Answer(200, "{}") },
        { "an object of something else", Fault.Answer(200, """{"success":true}""") },
        { "a refusal without a Graph error", Fault.Answer(403, """{"message":"Forbidden"}""") },
        { "an error that is a text", Fault.Answer(400, """{"error":"invalid_request"}""") },
        { "bytes that are no text", Fault.Answer(200, "\0\u0001\u0002") },
        { "a body without end", Fault.Huge(2_000_000) },
        { "a redirection", Fault.Redirect("/graph/v26.0/elsewhere") },
        { "a reset", Fault.Reset() },
        { "a reset in the middle of the body", Fault.ResetWithinBody("""{"id":"1""") },
        { "an unknown error of Meta's", GraphFault.UnknownError() },
        { "an outage of Meta's", GraphFault.Unavailable() },
        { "a throttled account", GraphFault.AccountThrottled("334455667788990") },
        { "an unknown error that says it passes", GraphFault.Error(987654, "Odd", isTransient: true) },
        { "an unknown error with a status that passes", GraphFault.Error(987654, "Odd", status: 500) },
    };

    public static TheoryData<string, int, int?, string, int, GraphErrorClass> WhatDoesNotPass { get; } = new()
    {
        { "an expired token", 190, 463, "expired", 401, GraphErrorClass.Token },
        { "a revoked token with a status that would pass", 190, 466, "revoked", 503, GraphErrorClass.Token },
        { "a dead token that claims to be fine", 190, 460, "invalidated", 200, GraphErrorClass.Token },
        { "no such asset", 100, 33, "no such object", 400, GraphErrorClass.Asset },
        { "no permission", 10, null, "no permission", 403, GraphErrorClass.Permission },
        { "a wrong proof", 100, null, "Invalid appsecret_proof", 400, GraphErrorClass.AppSecretProof },
        { "a blocked app", 200, null, "API access blocked.", 400, GraphErrorClass.App },
        { "a locked account", 131031, null, "locked", 403, GraphErrorClass.Account },
        { "a throttled app, 400", 4, null, "limit", 400, GraphErrorClass.Throttled },
        { "a throttled app, 403", 4, null, "limit", 403, GraphErrorClass.Throttled },
        { "a throttled app, 429", 4, null, "limit", 429, GraphErrorClass.Throttled },
        { "an error that is unknown", 987654, null, "odd", 400, GraphErrorClass.Unknown },
    };

    public async Task InitializeAsync() => _bench = await InspectionBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_answer_takes_one_attempt_and_names_the_version()
    {
        var (answer, seen, attempts) = await AskMeAsync();

        Assert.Equal(new Identity(_bench.World.SystemUser.Id, _bench.World.SystemUser.Name), answer.Value);
        Assert.Null(answer.Error);
        Assert.Equal(("v26.0", 1), (seen.Version, attempts));
    }

    [Theory]
    [MemberData(nameof(WhatPasses))]
    public async Task What_passes_is_tried_three_times_and_then_is_no_answer(string what, Fault fault)
    {
        Graph.Script(fault);

        var (answer, _, attempts) = await AskMeAsync();

        Assert.True(answer.Error is { Class: GraphErrorClass.Transient, IsInconclusive: true }, $"{what}: {answer.Error}");
        Assert.Null(answer.Value);
        Assert.NotEmpty(answer.Error.Message);
        Assert.Equal((3, 3), (attempts, Graph.Calls.Count));
    }

    [Theory]
    [MemberData(nameof(WhatDoesNotPass))]
    public async Task A_permanent_error_is_not_retried(string what, int code, int? subcode, string message, int status, GraphErrorClass about)
    {
        Graph.Script(GraphFault.Error(code, message, status, subcode, isTransient: about is GraphErrorClass.Throttled ? true : null));

        var (answer, _, attempts) = await AskMeAsync();

        Assert.True(about == answer.Error?.Class, $"{what}: {answer.Error?.Class}");
        Assert.Equal((code, subcode, status), (answer.Error!.Code, answer.Error.Subcode, answer.Error.HttpStatus));
        Assert.Equal((1, 1), (attempts, Graph.Calls.Count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_has_passed_by_the_next_attempt_leaves_no_trace(int failures)
    {
        Graph.Script(GraphFault.Unavailable(), failures);

        var (answer, _, attempts) = await AskMeAsync();

        Assert.NotNull(answer.Value);
        Assert.Equal(failures + 1, attempts);
    }

    [Fact]
    public async Task A_permanent_failure_ends_the_attempts()
    {
        Graph.Script(Fault.Html(), times: 1);
        Graph.Script(GraphFault.Error(190, "revoked", subcode: 466), times: 1);

        var (answer, _, attempts) = await AskMeAsync();

        Assert.Equal(("190/466", 2), (answer.Error?.CodeAndSubcode, attempts));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_body_that_answers_counts_whatever_the_status_says(int status)
    {
        Graph.Script(Fault.Answer(status, """{"id":"100055566677788","name":"sender"}"""));

        var (answer, _, attempts) = await AskMeAsync();

        Assert.Equal((new Identity("100055566677788", "sender"), 1), (answer.Value, attempts));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_does_not_come_times_out_after_ten_seconds_three_times(bool afterHeaders)
    {
        _bench.Time.TimeoutSpeed = 200;
        Graph.Script(afterHeaders ? Fault.StallAfterHeaders() : Fault.Stall());

        var (answer, _, attempts) = await AskMeAsync();

        Assert.Equal((GraphErrorClass.Transient, "Graph gave no answer within 10 s", 3), (answer.Error!.Class, answer.Error.Message, attempts));
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_the_cancellation()
    {
        using var caller = new CancellationTokenSource();
        Graph.Script(call => Cancels(caller), Fault.Stall());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskMeAsync(caller.Token));

        Assert.Single(Graph.Calls);
    }

    [Fact]
    public async Task A_host_that_does_not_listen_is_no_answer_and_its_address_is_not_shown()
    {
        using var http = new HttpClient();
        var client = new GraphClient(http, new GraphEndpoint(new Uri("http://127.0.0.1:1/"), "v26.0"), new RemovedFields(NullLogger<RemovedFields>.Instance), new HastyTime());

        var (answer, seen, attempts) = await client.GetAsync(Inspecting(), GraphReaders.DebugToken, CancellationToken.None);

        Assert.Equal((GraphErrorClass.Transient, (int?)null, 3), (answer.Error!.Class, answer.Error.HttpStatus, attempts));
        Assert.StartsWith("Graph could not be reached: ", answer.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("debug_token", answer.Error.Message, StringComparison.Ordinal);
        Assert.Equal(new GraphObservation(null, null), seen);
    }

    [Fact]
    public async Task The_app_secret_travels_in_the_header_and_the_inspected_token_in_one_parameter()
    {
        await _bench.Client().GetAsync(Inspecting(), GraphReaders.DebugToken, CancellationToken.None);

        var (address, authorization) = Assert.Single(_bench.Sent);
        Assert.Equal($"Bearer {_bench.World.App.Id}|{_bench.World.App.Secret}", authorization);
        Assert.Equal("/graph/v26.0/debug_token", address.AbsolutePath);
        Assert.Equal($"?input_token={_bench.World.Token.Value}", address.Query);
    }

    [Fact]
    public async Task The_token_travels_in_the_header_and_the_proof_is_made_of_both_secrets()
    {
        await AskMeAsync();

        var (address, authorization) = Assert.Single(_bench.Sent);
        var query = HttpUtility.ParseQueryString(address.Query);
        Assert.Equal($"Bearer {_bench.World.Token.Value}", authorization);
        Assert.Equal("/graph/v26.0/me", address.AbsolutePath);
        Assert.Equal("fields,appsecret_proof", string.Join(',', query.AllKeys));
        Assert.Equal(Proof.Of(_bench.World.App.Secret, _bench.World.Token.Value), query["appsecret_proof"]);
    }

    [Fact]
    public async Task A_proof_that_is_required_is_taken()
    {
        _bench.World.App.RequiresProof = true;

        Assert.NotNull((await AskMeAsync()).Answer.Value);
    }

    [Fact]
    public async Task Values_in_a_query_are_escaped()
    {
        var odd = new GraphRequest(GraphOperation.Me, "/me", GraphCredential.Token(Token, null), []) { Parameters = [("after", "a+b/c=&d e\u00fc")] };

        await _bench.Client().GetAsync(odd, GraphReaders.Identity, CancellationToken.None);

        Assert.Equal("?after=a%2Bb%2Fc%3D%26d%20e%C3%BC", Assert.Single(_bench.Sent).Address.Query);
    }

    [Fact]
    public void A_question_prints_without_its_query() => Assert.Equal("GET /debug_token", Inspecting().ToString());

    [Fact]
    public async Task Secrets_that_Graph_quotes_are_not_passed_on()
    {
        var unlike = new Secret("Tr0ub4dor");
        Graph.Script(GraphFault.Error(new(190, $"Malformed access token {Token.Reveal()} of {unlike.Reveal()}\r\n\u202e")
        {
            UserTitle = $"Title {AppSecret.Reveal()}",
            UserMessage = $"See https://graph.facebook.com/me?access_token={unlike.Reveal()}",
            Details = $"Session of {Token.Reveal()} ended",
        }));
        var request = new GraphRequest(GraphOperation.Me, "/me", GraphCredential.Token(Token, null), [unlike]);

        var error = (await _bench.Client().GetAsync(request, GraphReaders.Identity, CancellationToken.None)).Answer.Error!;

        Assert.Equal("Malformed access token [secret] of [secret]", error.Message);
        Assert.Equal(("Title [secret]", "See https://graph.facebook.com/me?access_token=[secret]"), (error.UserTitle, error.UserMessage));
        Assert.Equal("Session of [secret] ended", error.Details);
        Assert.Matches("^A[A-Za-z0-9]{22}$", error.TraceId);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        Graph.Script(Fault.Redirect($"{Graph.BaseUrl}/v26.0/elsewhere"), times: 3);

        await AskMeAsync();

        Assert.DoesNotContain(Graph.Calls, call => call.ObjectId == "elsewhere");
    }

    [Fact]
    public async Task An_invalid_version_of_Graph_is_scrubbed()
    {
        Graph.AnsweredVersion = $"v99 {SampleSecrets.Token("version")}";

        Assert.Equal("v99 [secret]", (await AskMeAsync()).Seen.Version);
    }

    [Fact]
    public async Task By_how_much_Graphs_clock_is_ahead_is_read_off_its_answer()
    {
        Graph.ClockSkew = TimeSpan.FromMinutes(-7);

        var skew = (await AskMeAsync()).Seen.ClockSkew;

        Assert.NotNull(skew);
        Assert.InRange(skew.Value, TimeSpan.FromMinutes(-7.2), TimeSpan.FromMinutes(-6.8));
    }

    private static bool Cancels(CancellationTokenSource source)
    {
        source.Cancel();
        return true;
    }

    private Task<GraphExchange<Identity>> AskMeAsync(CancellationToken cancellationToken = default) =>
        _bench.Client().GetAsync(
            new GraphRequest(GraphOperation.Me, "/me", GraphCredential.Token(Token, AppSecret), [Token, AppSecret]) { Fields = ["id", "name"] },
            GraphReaders.Identity,
            cancellationToken);

    private GraphRequest Inspecting() =>
        new(GraphOperation.DebugToken, "/debug_token", GraphCredential.App(_bench.World.App.Id, AppSecret), [Token, AppSecret])
        {
            Parameters = [("input_token", Token.Reveal())],
        };
}
