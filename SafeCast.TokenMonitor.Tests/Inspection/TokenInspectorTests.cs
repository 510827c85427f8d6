using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Secrets;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using SafeCast.TokenMonitor.Tests.Support;
using AskedFor = SafeCast.TokenMonitor.Simulator.Graph.GraphOperation;
using GraphOperation = SafeCast.TokenMonitor.Inspection.Graph.GraphOperation;
using PhoneNumber = SafeCast.TokenMonitor.Simulator.Graph.PhoneNumber;

namespace SafeCast.TokenMonitor.Tests.Inspection;

public sealed class TokenInspectorTests : IAsyncLifetime
{
    private static readonly GraphOperation[] Everything =
    [
        GraphOperation.DebugToken, GraphOperation.Me, GraphOperation.PhoneNumber, GraphOperation.BusinessAccount, GraphOperation.PhoneNumbers,
        GraphOperation.SubscribedApps, GraphOperation.Owner, GraphOperation.AssignedUsers,
    ];

    private InspectionBench _bench = null!;

    private GraphSimulator Graph => _bench.Graph;

    private StandardWorld World => _bench.World;

    private TokenExpectation WithoutApp => _bench.Full with { AppSecretName = null };

    private TokenExpectation TokenOnly => _bench.Full with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null };

    /// <summary>Which ids are configured (account, number, portfolio), and what is asked beyond the token and its user.</summary>
    public static TheoryData<bool, bool, bool, GraphOperation[]> Configurations { get; } = new()
    {
        { false, false, false, [] },
        { false, true, false, [GraphOperation.PhoneNumber] },
        { true, false, false, [GraphOperation.BusinessAccount, GraphOperation.SubscribedApps] },
        { true, true, false, [GraphOperation.PhoneNumber, GraphOperation.BusinessAccount, GraphOperation.PhoneNumbers, GraphOperation.SubscribedApps] },
        { true, false, true, [GraphOperation.BusinessAccount, GraphOperation.SubscribedApps, GraphOperation.Owner, GraphOperation.AssignedUsers] },
        { false, false, true, [] },
        { false, true, true, [GraphOperation.PhoneNumber] },
        { true, true, true, Everything[2..] },
    };

    public async Task InitializeAsync() => _bench = await InspectionBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_healthy_token_is_described_in_full()
    {
        var inspection = await _bench.InspectAsync();

        Assert.Equal("the test", inspection.SecretStore);
        Assert.Equal(World.Token.Value, inspection.Token!.Reveal());
        Assert.IsType<AppCredentialStatus.Accepted>(inspection.AppCredential);
        Assert.Equal((InspectionSource.App, false), (inspection.Source, inspection.BelongsToAnotherApp));
        Assert.True(inspection.Debug!.Value!.IsValid);
        Assert.Equal(new Identity(World.SystemUser.Id, World.SystemUser.Name), inspection.Me!.Value);
        Assert.Null(inspection.ScopeGrants);
        Assert.Equal(World.PhoneNumber.Id, inspection.PhoneNumber!.Value!.Id);
        Assert.Equal(World.BusinessAccount.Name, inspection.BusinessAccount!.Value!.Name);
        Assert.Equal([World.PhoneNumber.Id], inspection.PhoneNumberIds!.Value);
        Assert.Equal([World.App.Id], inspection.SubscribedAppIds!.Value);
        Assert.Equal(new Identity(World.Portfolio.Id, World.Portfolio.Name), inspection.Owner!.Value);
        Assert.Equal(["MANAGE", "DEVELOP"], Assert.Single(inspection.AssignedUsers!.Value!).Tasks);
        Assert.Equal(("v26.0", "v26.0"), (inspection.RequestedVersion, inspection.AnsweredVersion));
        Assert.All(inspection.Calls, call => Assert.Equal((null, 1), (call.Failure, call.Attempts)));
    }

    [Theory]
    [InlineData("health_status")]
    [InlineData("quality_rating")]
    [InlineData("status", "verified_name", "health_status")]
    public async Task Fields_that_Meta_removed_do_not_hide_the_others(params string[] removed)
    {
        World.PhoneNumber.RemovedFields = removed.ToHashSet();

        var number = (await _bench.InspectAsync()).PhoneNumber!.Value!;

        Assert.Equal(World.PhoneNumber.DisplayNumber, number.DisplayNumber);
        Assert.Equal(
            removed.Order(StringComparer.Ordinal),
            new Dictionary<string, object?>
            {
                ["verified_name"] = number.VerifiedName,
                ["quality_rating"] = number.QualityRating,
                ["status"] = number.Status,
                ["health_status"] = number.Health,
            }.Where(field => field.Value is null).Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_removed_field_is_logged_once_per_process()
    {
        World.PhoneNumber.RemovedFields = new HashSet<string> { "health_status" };
        World.BusinessAccount.RemovedFields = new HashSet<string> { "name" };

        await _bench.InspectAsync();
        await _bench.InspectAsync();

        Assert.Equal(
            [
                "Graph no longer has the field health_status (PhoneNumber). The check continues without it; update the monitor.",
                "Graph no longer has the field name (BusinessAccount). The check continues without it; update the monitor.",
            ],
            _bench.Logs.Named("GraphFieldRemoved").Select(line => line.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_is_read_without_a_field_that_its_rows_have_lost()
    {
        _bench.Graph.Script(
            call => call.Operation == AskedFor.AssignedUsers,
            GraphFault.Error(100, "(#100) Tried accessing nonexisting field (tasks) on node type (BusinessScopedUser)"),
            times: 1);

        var inspection = await _bench.InspectAsync();

        var user = Assert.Single(inspection.AssignedUsers!.Value!);
        Assert.Equal((World.SystemUser.Id, null), (user.Id, user.Tasks));
    }

    [Fact]
    public async Task A_missing_field_of_another_type_is_about_the_id_and_not_requested_again()
    {
        var inspection = await _bench.InspectAsync(_bench.Full with { PhoneNumberId = World.BusinessAccount.Id });

        Assert.Contains("on node type (WhatsAppBusinessAccount)", inspection.PhoneNumber!.Error!.Message, StringComparison.Ordinal);
        Assert.Single(inspection.Calls, call => call.Operation is GraphOperation.PhoneNumber);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public async Task The_queries_follow_from_the_configuration(bool account, bool number, bool portfolio, GraphOperation[] beyond)
    {
        var inspection = await _bench.InspectAsync(_bench.Full with
        {
            BusinessAccountId = account ? World.BusinessAccount.Id : null,
            PhoneNumberId = number ? World.PhoneNumber.Id : null,
            BusinessPortfolioId = portfolio ? World.Portfolio.Id : null,
        });

        AssertAsked([GraphOperation.DebugToken, GraphOperation.Me, .. beyond], inspection);
        Assert.Equal(inspection.Calls.Count, Graph.Calls.Count);
        Assert.Equal(GraphOperation.DebugToken, inspection.Calls[0].Operation);
        Assert.Equal(beyond.Contains(GraphOperation.PhoneNumber), inspection.PhoneNumber is not null);
        Assert.Equal(beyond.Contains(GraphOperation.BusinessAccount), inspection.BusinessAccount is not null);
        Assert.Equal(beyond.Contains(GraphOperation.PhoneNumbers), inspection.PhoneNumberIds is not null);
        Assert.Equal(beyond.Contains(GraphOperation.SubscribedApps), inspection.SubscribedAppIds is not null);
        Assert.Equal(beyond.Contains(GraphOperation.Owner), inspection.Owner is not null);
        Assert.Equal(beyond.Contains(GraphOperation.AssignedUsers), inspection.AssignedUsers is not null);
    }

    [Fact]
    public async Task The_app_queries_the_token_and_the_token_queries_its_assets_with_a_proof()
    {
        await _bench.InspectAsync();

        Assert.All(Graph.Calls, call =>
        {
            var isDebug = call.Operation == AskedFor.DebugToken;
            Assert.Equal((isDebug ? CredentialKind.App : CredentialKind.Token, !isDebug, false), (call.Credential, call.HasProof, call.CredentialInUrl));
        });
        Assert.All(_bench.Sent, request =>
        {
            Assert.DoesNotContain(World.App.Secret, request.Address.AbsoluteUri, StringComparison.Ordinal);
            Assert.DoesNotContain(World.Token.Value, request.Address.AbsolutePath, StringComparison.Ordinal);
        });
        Assert.Single(_bench.Sent, request => request.Address.Query.Contains(World.Token.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_not_in_the_vault_is_not_inspected()
    {
        _bench.Secrets.Remove("TOKEN");

        var inspection = await _bench.InspectAsync();

        Assert.IsType<SecretReading.Missing>(inspection.Secret);
        AssertNothingAsked(inspection);
    }

    [Theory]
    [InlineData("database-password!")]
    [InlineData("EAAabcdefgh\n")]
    [InlineData("")]
    public async Task What_is_unlike_a_token_is_not_sent_to_anybody(string value)
    {
        _bench.Secrets["TOKEN"] = value;

        var inspection = await _bench.InspectAsync();

        Assert.IsType<SecretReading.Malformed>(inspection.Secret);
        AssertNothingAsked(inspection);
    }

    [Theory]
    [InlineData(SimulatedTokenState.Revoked, 466L)]
    [InlineData(SimulatedTokenState.Expired, 463L)]
    [InlineData(SimulatedTokenState.Invalidated, 460L)]
    public async Task The_assets_of_an_invalid_token_are_not_queried(SimulatedTokenState state, long subcode)
    {
        World.Token.State = state;

        var inspection = await _bench.InspectAsync();

        Assert.Equal((InspectionSource.App, false, subcode), (inspection.Source, inspection.Debug!.Value!.IsValid, inspection.Debug.Value.Error!.Subcode));
        AssertAsked([GraphOperation.DebugToken], inspection);
        Assert.Null(inspection.Me);
    }

    [Fact]
    public async Task A_token_that_Graph_cannot_decode_is_not_valid_and_has_no_app()
    {
        _bench.Secrets["TOKEN"] = World.Token.Value[..100];

        var inspection = await _bench.InspectAsync();

        Assert.Equal((false, null, null), (inspection.Debug!.Value!.IsValid, inspection.Debug.Value.AppId, inspection.Debug.Value.Type));
        AssertAsked([GraphOperation.DebugToken], inspection);
    }

    [Fact]
    public async Task A_wrong_app_secret_is_reported_and_the_token_is_queried_itself()
    {
        World.App.Secret = SampleSecrets.AppSecret("reset");

        var inspection = await _bench.InspectAsync();

        var rejected = Assert.IsType<AppCredentialStatus.Rejected>(inspection.AppCredential);
        Assert.Equal("Graph error 190: Invalid OAuth access token signature.", rejected.Error.ToString());
        AssertAliveByItself(inspection);

        // A proof made with the refused secret would be refused too.
        Assert.All(Graph.Calls, call => Assert.False(call.HasProof));
    }

    [Fact]
    public async Task An_unknown_app_is_reported_and_the_token_is_queried_itself()
    {
        var inspection = await _bench.InspectAsync(_bench.Full with { AppId = "999999999999999" });

        Assert.Equal(GraphErrorClass.App, Assert.IsType<AppCredentialStatus.Rejected>(inspection.AppCredential).Error.Class);
        AssertAliveByItself(inspection);
    }

    [Fact]
    public async Task A_blocked_app_is_not_reported_as_an_invalid_token()
    {
        World.App.IsBlocked = true;

        var inspection = await _bench.InspectAsync();

        Assert.Equal(GraphErrorClass.App, Assert.IsType<AppCredentialStatus.Rejected>(inspection.AppCredential).Error.Class);
        Assert.Equal((InspectionSource.TokenItself, GraphErrorClass.App), (inspection.Source, inspection.Me!.Error!.Class));
        Assert.Null(inspection.BusinessAccount);
    }

    [Fact]
    public async Task A_deleted_app_is_not_reported_as_an_invalid_token()
    {
        World.App.IsDeleted = true;

        var inspection = await _bench.InspectAsync();

        Assert.Equal(GraphErrorClass.App, Assert.IsType<AppCredentialStatus.Rejected>(inspection.AppCredential).Error.Class);
        Assert.Equal(GraphErrorClass.App, inspection.Me!.Error!.Class);
    }

    [Fact]
    public async Task A_rejected_app_secret_does_not_hide_that_the_token_is_invalid()
    {
        World.App.Secret = SampleSecrets.AppSecret("reset");
        World.Token.State = SimulatedTokenState.Revoked;

        var inspection = await _bench.InspectAsync();

        Assert.IsType<AppCredentialStatus.Rejected>(inspection.AppCredential);
        AssertDeadByItself(inspection, "190/466");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1122334455667788|0123456789abcdef0123456789abcdef")]
    public async Task An_unreadable_app_secret_is_reported_and_the_token_is_queried_itself(string? stored)
    {
        _bench.Secrets.Remove("APP_SECRET");
        if (stored is not null)
        {
            _bench.Secrets["APP_SECRET"] = stored;
        }

        var inspection = await _bench.InspectAsync();

        Assert.IsType(
            stored is null ? typeof(SecretReading.Missing) : typeof(SecretReading.Malformed),
            Assert.IsType<AppCredentialStatus.NotRead>(inspection.AppCredential).Reading);
        AssertAliveByItself(inspection);
        Assert.DoesNotContain(Graph.Calls, call => call.Credential == CredentialKind.App);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Without_an_app_or_its_secret_the_token_is_queried_about_itself(bool withoutApp, bool withoutSecret)
    {
        Graph.AllowsInspectionByToken = true;
        var expectation = _bench.Full with { AppId = withoutApp ? null : World.App.Id, AppSecretName = withoutSecret ? null : "app-secret" };

        var inspection = await _bench.InspectAsync(expectation);

        Assert.IsType<AppCredentialStatus.NotConfigured>(inspection.AppCredential);
        Assert.Equal(InspectionSource.SelfInspection, inspection.Source);
        Assert.Equal(World.App.Id, inspection.Debug!.Value!.AppId);
        AssertAsked(Everything, inspection);
        Assert.All(Graph.Calls, call => Assert.Equal((CredentialKind.Token, false), (call.Credential, call.HasProof)));
    }

    [Fact]
    public async Task A_token_that_may_not_inspect_itself_shows_what_it_can_do()
    {
        var inspection = await _bench.InspectAsync(WithoutApp);

        Assert.IsType<AppCredentialStatus.NotConfigured>(inspection.AppCredential);
        AssertAliveByItself(inspection);
    }

    [Fact]
    public async Task Scopes_that_were_declined_are_not_granted()
    {
        Graph.Rewrite(AskedFor.Permissions, body => body["data"] = JsonNode.Parse(
            """[{"permission":"a","status":"granted"},{"permission":"b","status":"declined"},{"permission":"c","status":"expired"},{"permission":"d"},{"permission":"e","status":"GRANTED"}]"""));

        Assert.Equal(["a", "e"], (await _bench.InspectAsync(WithoutApp)).ScopeGrants!.Value!.Where(grant => grant.IsGranted).Select(grant => grant.Scope));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invalid_token_without_an_app_is_detected_and_not_queried_further(bool mayInspect)
    {
        Graph.AllowsInspectionByToken = mayInspect;
        World.Token.State = SimulatedTokenState.Invalidated;

        AssertDeadByItself(await _bench.InspectAsync(WithoutApp), "190/460");
    }

    [Fact]
    public async Task A_token_whose_user_may_not_be_read_for_another_reason_still_shows_its_assets()
    {
        Graph.Script(call => call.Operation == AskedFor.Me, GraphFault.Error(10, "(#10) no permission", 403));

        var inspection = await _bench.InspectAsync(WithoutApp);

        Assert.Equal(GraphErrorClass.Permission, inspection.Me!.Error!.Class);
        Assert.Null(inspection.ScopeGrants);
        Assert.NotNull(inspection.PhoneNumber!.Value);
        Assert.NotNull(inspection.BusinessAccount!.Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_apps_token_is_reported_and_its_assets_are_queried_without_a_proof(bool mayInspect)
    {
        Graph.AllowsInspectionByToken = mayInspect;
        var staging = Graph.World.AddStandard("Staging");
        _bench.Secrets["TOKEN"] = staging.Token.Value;

        var inspection = await _bench.InspectAsync();

        Assert.True(inspection.BelongsToAnotherApp);
        Assert.IsType<AppCredentialStatus.Accepted>(inspection.AppCredential);
        Assert.Equal(mayInspect ? InspectionSource.SelfInspection : InspectionSource.TokenItself, inspection.Source);
        Assert.Equal(mayInspect ? staging.App.Id : null, inspection.Debug!.Value?.AppId);
        Assert.Equal(staging.SystemUser.Id, inspection.Me!.Value!.Id);
        Assert.Equal(GraphErrorClass.Asset, inspection.BusinessAccount!.Error!.Class);
        Assert.All(Graph.Calls, call => Assert.False(call.HasProof));
    }

    [Fact]
    public async Task An_outage_during_the_app_query_ends_the_inspection()
    {
        Graph.Script(call => call.Operation == AskedFor.DebugToken, GraphFault.Unavailable());

        var inspection = await _bench.InspectAsync();

        Assert.Equal(GraphErrorClass.Transient, Assert.IsType<AppCredentialStatus.NotAnswered>(inspection.AppCredential).Error.Class);
        Assert.Equal((InspectionSource.None, GraphErrorClass.Transient), (inspection.Source, inspection.Debug!.Error!.Class));
        var call = Assert.Single(inspection.Calls);
        Assert.Equal((GraphOperation.DebugToken, GraphErrorClass.Transient, 3), (call.Operation, call.Failure, call.Attempts));
        Assert.Equal(3, Graph.Calls.Count);
    }

    [Fact]
    public async Task An_unknown_error_rejects_no_credential()
    {
        Graph.Script(call => call is { Operation: AskedFor.DebugToken, Credential: CredentialKind.App }, GraphFault.Error(987654, "odd"));

        var inspection = await _bench.InspectAsync();

        Assert.Equal(GraphErrorClass.Unknown, Assert.IsType<AppCredentialStatus.NotAnswered>(inspection.AppCredential).Error.Class);
        AssertAliveByItself(inspection);
    }

    [Fact]
    public async Task An_outage_of_one_asset_leaves_the_others_answered()
    {
        Graph.Script(call => call.Operation == AskedFor.SubscribedApps, Fault.Html());

        var inspection = await _bench.InspectAsync();

        Assert.Equal(GraphErrorClass.Transient, inspection.SubscribedAppIds!.Error!.Class);
        Assert.NotNull(inspection.PhoneNumber!.Value);
        Assert.NotNull(inspection.AssignedUsers!.Value);
    }

    [Fact]
    public async Task Inaccessible_assets_are_an_answer()
    {
        World.BusinessAccount.Unassign(World.SystemUser);

        var inspection = await _bench.InspectAsync();

        Assert.True(inspection.Debug!.Value!.IsValid);
        Assert.Equal("100/33", inspection.PhoneNumber!.Error!.CodeAndSubcode);
        Assert.Equal("100/33", inspection.BusinessAccount!.Error!.CodeAndSubcode);
        Assert.Equal("100/33", inspection.PhoneNumberIds!.Error!.CodeAndSubcode);
    }

    [Fact]
    public async Task An_app_that_requires_a_proof_gets_it_on_every_call()
    {
        World.App.RequiresProof = true;

        Assert.All((await _bench.InspectAsync()).Calls, call => Assert.Null(call.Failure));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 4)]
    [InlineData(7, 1)]
    [InlineData(25, 1)]
    public async Task Lists_are_read_to_their_last_page(int pageSize, int pages)
    {
        Graph.PageSize = pageSize;
        World.BusinessAccount.PhoneNumbers =
            [.. Enumerable.Range(0, 6).Select(i => new PhoneNumber { Id = $"77700{i}", DisplayNumber = "+1", VerifiedName = "n" }), World.PhoneNumber];
        World.BusinessAccount.SubscribedApps =
            [.. Enumerable.Range(0, 6).Select(i => new GraphApp { Id = $"88800{i}", Name = "a", Secret = "s" }), World.App];

        var inspection = await _bench.InspectAsync();

        Assert.Equal(World.BusinessAccount.PhoneNumbers.Select(number => number.Id), inspection.PhoneNumberIds!.Value);
        Assert.Equal(World.BusinessAccount.SubscribedApps.Select(app => app.Id), inspection.SubscribedAppIds!.Value);
        Assert.Equal((pages, pages), (Count(AskedFor.PhoneNumbers), Count(AskedFor.SubscribedApps)));

        // paging.next carries the token in its query; a cursor does not.
        Assert.All(Graph.Calls, call => Assert.False(call.CredentialInUrl));
    }

    [Fact]
    public async Task A_list_that_fails_on_a_later_page_is_no_answer()
    {
        Graph.PageSize = 1;
        World.BusinessAccount.PhoneNumbers = [World.PhoneNumber, new PhoneNumber { Id = "777001", DisplayNumber = "+1", VerifiedName = "n" }];
        Graph.Script(call => call.Operation == AskedFor.PhoneNumbers && Count(AskedFor.PhoneNumbers) > 1, Fault.Html());

        Assert.Equal(GraphErrorClass.Transient, (await _bench.InspectAsync()).PhoneNumberIds!.Error!.Class);
    }

    /// <summary>Half a list would make the number look like another account's.</summary>
    [Theory]
    [InlineData("a list that goes on and does not say where", """{"next":"https://graph.facebook.com/v26.0/1/phone_numbers?after=x"}""", 1)]
    [InlineData("a list that goes on at no text", """{"next":"https://graph.facebook.com/","cursors":{"after":5}}""", 1)]
    [InlineData("a list that goes on where it was", """{"next":"https://graph.facebook.com/","cursors":{"after":"cG9zaXRpb246MA=="}}""", 2)]
    public async Task A_list_whose_next_page_cannot_be_requested_is_unusable(string what, string paging, int pages)
    {
        Graph.Rewrite(AskedFor.PhoneNumbers, body => body["paging"] = JsonNode.Parse(paging));

        var inspection = await _bench.InspectAsync();

        Assert.True(inspection.PhoneNumberIds!.Error is { Class: GraphErrorClass.Transient }, what);
        Assert.Equal(pages, Count(AskedFor.PhoneNumbers));
    }

    [Fact]
    public async Task A_list_without_end_times_out_after_fifty_pages()
    {
        var page = 0;
        Graph.Rewrite(AskedFor.PhoneNumbers, body => body["paging"] = new JsonObject
        {
            ["next"] = "https://graph.facebook.com/",
            ["cursors"] = new JsonObject { ["after"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"position:{++page}")) },
        });

        var inspection = await _bench.InspectAsync();

        Assert.Equal("The list had no end after 50 pages", inspection.PhoneNumberIds!.Error!.Message);
        Assert.Equal(50, Count(AskedFor.PhoneNumbers));
    }

    [Fact]
    public async Task A_throttled_app_is_not_queried_again_in_the_same_check_and_another_app_is()
    {
        var staging = Graph.World.AddStandard("Staging");
        _bench.Secrets["STAGING_TOKEN"] = staging.Token.Value;
        _bench.Secrets["STAGING_APP_SECRET"] = staging.App.Secret;
        var check = new ThrottledApps();
        Graph.Script(call => call.AppId == World.App.Id, GraphFault.Throttled());

        var first = await _bench.InspectAsync(throttled: check);
        var second = await _bench.InspectAsync(throttled: check);
        var other = await _bench.InspectAsync(InspectionBench.ExpectationOf(staging, "staging-token", "staging-app-secret"), check);

        Assert.Equal((GraphOperation.DebugToken, GraphErrorClass.Throttled, 1), Outcome(Assert.Single(first.Calls)));
        Assert.Equal((GraphOperation.DebugToken, GraphErrorClass.Throttled, 0), Outcome(Assert.Single(second.Calls)));
        Assert.Equal(GraphErrorClass.Throttled, Assert.IsType<AppCredentialStatus.NotAnswered>(second.AppCredential).Error.Class);
        Assert.Single(Graph.Calls, call => call.AppId == World.App.Id);
        AssertAsked(Everything, other);
        Assert.All(other.Calls, call => Assert.Null(call.Failure));
    }

    [Fact]
    public async Task The_next_check_queries_a_throttled_app_again()
    {
        Graph.Script(GraphFault.Throttled(), times: 1);

        var throttled = await _bench.InspectAsync();
        var next = await _bench.InspectAsync();

        Assert.Null(throttled.Debug!.Value);
        Assert.True(next.Debug!.Value!.IsValid);
    }

    [Fact]
    public async Task A_throttle_in_the_middle_of_a_list_ends_it()
    {
        Graph.PageSize = 1;
        World.BusinessAccount.PhoneNumbers = [World.PhoneNumber, new PhoneNumber { Id = "777001", DisplayNumber = "+1", VerifiedName = "n" }];
        var check = new ThrottledApps();
        Graph.Script(call => call.Operation == AskedFor.PhoneNumbers, GraphFault.Throttled());

        var inspection = await _bench.InspectAsync(throttled: check);

        Assert.Equal(GraphErrorClass.Throttled, inspection.PhoneNumberIds!.Error!.Class);
        Assert.Equal(1, Count(AskedFor.PhoneNumbers));
        Assert.Equal(0, Assert.Single((await _bench.InspectAsync(throttled: check)).Calls).Attempts);
    }

    [Fact]
    public async Task A_throttled_token_without_an_app_does_not_prevent_queries_of_others()
    {
        var staging = Graph.World.AddStandard("Staging");
        _bench.Secrets["STAGING_TOKEN"] = staging.Token.Value;
        var check = new ThrottledApps();
        Graph.Script(GraphFault.Throttled(), times: 1);

        var first = await _bench.InspectAsync(WithoutApp with { AppId = null }, check);
        var other = await _bench.InspectAsync(InspectionBench.ExpectationOf(staging, "staging-token") with { AppId = null, AppSecretName = null }, check);

        Assert.Equal([1, 0], first.Calls.Select(call => call.Attempts));
        Assert.NotNull(other.Me!.Value);
    }

    [Fact]
    public async Task All_of_an_inspection_ends_after_a_minute()
    {
        // Each page stalls twice: 20 s. The third or fourth of them is one too many.
        _bench.Time.TimeoutSpeed = 50;
        Graph.PageSize = 1;
        World.BusinessAccount.PhoneNumbers =
            [.. Enumerable.Range(0, 9).Select(i => new PhoneNumber { Id = $"77700{i}", DisplayNumber = "+1", VerifiedName = "n" }), World.PhoneNumber];
        Graph.Script(call => call.Operation == AskedFor.PhoneNumbers && Count(AskedFor.PhoneNumbers) % 3 != 0, Fault.Stall());

        var inspection = await _bench.InspectAsync();

        Assert.Equal("Graph gave no answer within the timeout of the inspection", inspection.PhoneNumberIds!.Error!.Message);
        Assert.Equal(GraphErrorClass.Transient, inspection.PhoneNumberIds.Error.Class);
        Assert.NotNull(inspection.PhoneNumber!.Value);
        Assert.InRange(inspection.Calls.Count(call => call.Operation == GraphOperation.PhoneNumbers), 2, 4);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(90, true)]
    public async Task A_vault_that_uses_up_the_timeout_leaves_none_for_Graph(int seconds, bool isTooLate)
    {
        var time = new FakeTimeProvider();
        var secrets = new Mock<ISecretStore>();
        secrets.Setup(store => store.Name).Returns("the slow one");
        secrets.Setup(store => store.ReadAsync("token", It.IsAny<CancellationToken>())).ReturnsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            return new SecretReading.Found(new Secret(World.Token.Value), new SecretAttributes());
        });
        using var wire = new WireHandler(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"data":{"is_valid":false}}""") });
        using var http = new HttpClient(wire);
        var factory = Mock.Of<IHttpClientFactory>(one => one.CreateClient(GraphClientFactory.HttpClientName) == http);
        var inspector = new TokenInspector(secrets.Object, new GraphClientFactory(factory, new GraphEndpoint(new Uri("https://graph.facebook.com"), "v26.0"), new RemovedFields(NullLogger<RemovedFields>.Instance), time), time);

        var inspection = await inspector.InspectAsync(TokenOnly with { AppSecretName = null }, new ThrottledApps(), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(seconds), inspection.Duration);
        Assert.Equal(isTooLate ? 0 : 1, wire.Requests);
        Assert.Equal(isTooLate, inspection.Debug?.Value is null);
        Assert.All(inspection.Calls, call => Assert.Equal((isTooLate ? GraphErrorClass.Transient : null, isTooLate ? 0 : 1), (call.Failure, call.Attempts)));
    }

    [Theory]
    [InlineData(null, "v26.0")]
    [InlineData("v27.0", "v27.0")]
    public async Task The_version_that_answered_is_recorded(string? answered, string recorded)
    {
        Graph.AnsweredVersion = answered;

        var inspection = await _bench.InspectAsync();

        Assert.Equal(("v26.0", recorded), (inspection.RequestedVersion, inspection.AnsweredVersion));
    }

    [Fact]
    public async Task A_version_that_answered_once_instead_of_the_requested_one_is_recorded()
    {
        Graph.Script(call => Answers(call, "v27.0"), GraphFault.Error(10, "no"), times: 1);

        Assert.Equal("v27.0", (await _bench.InspectAsync()).AnsweredVersion);

        bool Answers(SafeCast.TokenMonitor.Simulator.Graph.GraphCall call, string version)
        {
            // The header is stamped before the script is asked: what is set here goes out with the next call.
            Graph.AnsweredVersion = call.Operation == AskedFor.DebugToken ? version : null;
            return false;
        }
    }

    [Fact]
    public async Task No_answer_names_no_version()
    {
        Graph.Script(Fault.Reset());

        var inspection = await _bench.InspectAsync();

        Assert.Equal(("v26.0", null), (inspection.RequestedVersion, inspection.AnsweredVersion));
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_the_cancellation()
    {
        using var caller = new CancellationTokenSource();
        Graph.Script(call => call.Operation == AskedFor.PhoneNumber && Cancels(caller), Fault.Stall());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.InspectAsync(cancellationToken: caller.Token));
    }

    [Fact]
    public async Task What_prints_an_inspection_shows_no_secret()
    {
        World.App.Secret = SampleSecrets.AppSecret("reset");
        Graph.Script(call => call.Operation == AskedFor.PhoneNumber, GraphFault.Error(100, $"Malformed {World.Token.Value} and {_bench.Secrets["APP_SECRET"]}", subcode: 33));

        var printed = (await _bench.InspectAsync()).ToString() + System.Text.Json.JsonSerializer.Serialize(await _bench.InspectAsync());

        Assert.Contains("[secret]", printed, StringComparison.Ordinal);
        Assert.DoesNotContain(World.Token.Value, printed, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Secrets["APP_SECRET"], printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_is_dated_by_the_clock_it_was_given()
    {
        _bench.Time.Offset = TimeSpan.FromDays(1000);

        var inspection = await _bench.InspectAsync(TokenOnly);

        Assert.InRange(inspection.At, DateTimeOffset.UtcNow.AddDays(999), DateTimeOffset.UtcNow.AddDays(1001));
        Assert.Equal(TimeSpan.Zero, inspection.At.Offset);
    }

    private static bool Cancels(CancellationTokenSource source)
    {
        source.Cancel();
        return true;
    }

    private static (GraphOperation Operation, GraphErrorClass? Failure, int Attempts) Outcome(TokenMonitor.Inspection.Graph.GraphCall call) =>
        (call.Operation, call.Failure, call.Attempts);

    private static void AssertAsked(IEnumerable<GraphOperation> operations, TokenInspection inspection) =>
        Assert.Equal(operations.Order(), inspection.Calls.Select(call => call.Operation).Order());

    private int Count(AskedFor operation) => Graph.Calls.Count(call => call.Operation == operation);

    private void AssertNothingAsked(TokenInspection inspection)
    {
        Assert.Empty(inspection.Calls);
        Assert.Empty(Graph.Calls);
        Assert.Equal((null, null, InspectionSource.None), (inspection.Token, inspection.Debug, inspection.Source));
    }

    // Valid according to its own calls: everything was queried, but expiry, app and type are unknown.
    private void AssertAliveByItself(TokenInspection inspection)
    {
        Assert.Equal(InspectionSource.TokenItself, inspection.Source);
        Assert.Null(inspection.Debug?.Value);
        Assert.Equal(World.SystemUser.Id, inspection.Me!.Value!.Id);
        Assert.Equal([Scope.Messaging, Scope.Management], inspection.ScopeGrants!.Value!.Where(grant => grant.IsGranted).Select(grant => grant.Scope));
        Assert.Equal(World.PhoneNumber.Id, inspection.PhoneNumber!.Value!.Id);
        Assert.Equal(World.BusinessAccount.Id, inspection.BusinessAccount!.Value!.Id);
        Assert.NotNull(inspection.AssignedUsers!.Value);
        Assert.Single(inspection.Calls, call => call.Operation == GraphOperation.Me);
    }

    private void AssertDeadByItself(TokenInspection inspection, string codes)
    {
        Assert.Equal((InspectionSource.TokenItself, GraphErrorClass.Token, codes), (inspection.Source, inspection.Me!.Error!.Class, inspection.Me.Error.CodeAndSubcode));
        Assert.Equal((null, null, null), (inspection.ScopeGrants, inspection.PhoneNumber, inspection.BusinessAccount));
        Assert.DoesNotContain(Graph.Calls, call => call.Operation is AskedFor.PhoneNumber or AskedFor.BusinessAccount or AskedFor.Permissions);
    }
}
