using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class GraphAssetTests : SimulationTest
{
    private StandardWorld Healthy => field ??= Graph.World.AddStandard();

    [Fact]
    public async Task A_phone_number_has_the_requested_fields_and_the_health_of_all_its_entities()
    {
        var answer = await GetGraphAsync($"{Healthy.PhoneNumber.Id}?fields=display_phone_number,quality_rating,status,health_status", Healthy.Token.Value);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["display_phone_number", "quality_rating", "status", "health_status", "id"], answer.Body.AsObject().Select(field => field.Key));
        Assert.Equal("AVAILABLE", answer.Body["health_status"]!["can_send_message"]!.GetValue<string>());
        Assert.Equal(
            ["PHONE_NUMBER", "WABA", "BUSINESS", "APP"],
            answer.Body["health_status"]!["entities"]!.AsArray().Select(entity => entity!["entity_type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_worst_entity_decides_whether_messages_can_be_sent()
    {
        Healthy.PhoneNumber.Troubles =
        [
            new HealthEntity("PHONE_NUMBER", "LIMITED") { AdditionalInfo = ["Your display name has not been approved yet."] },
            new HealthEntity("BUSINESS", "BLOCKED") { Errors = [new HealthError(141010, "No payment method", "Add one in Billing Hub")] },
        ];

        var health = (await GetGraphAsync($"{Healthy.PhoneNumber.Id}?fields=health_status", Healthy.Token.Value)).Body["health_status"]!;

        Assert.Equal("BLOCKED", health["can_send_message"]!.GetValue<string>());
        Assert.Equal(
            """[{"error_code":141010,"error_description":"No payment method","possible_solution":"Add one in Billing Hub"}]""",
            health["entities"]![2]!["errors"]!.ToJsonString());
        Assert.Single(health["entities"]![0]!["additional_info"]!.AsArray());
    }

    [Fact]
    public async Task An_app_may_look_at_itself_and_at_no_other_app()
    {
        var other = Graph.World.AddStandard("Staging").App;

        Assert.Equal($$"""{"id":"{{Healthy.App.Id}}","name":"{{Healthy.App.Name}}"}""", (await GetGraphAsync($"{Healthy.App.Id}?fields=id,name", Healthy.App.Credential)).Body.ToJsonString());
        Assert.Equal(400, (await GetGraphAsync($"{other.Id}?fields=id,name", Healthy.App.Credential)).Status);
        Assert.Equal(400, (await GetGraphAsync($"{Healthy.App.Id}?fields=id,name", $"{Healthy.App.Id}|{other.Secret}")).Status);
    }

    [Fact]
    public async Task A_business_account_names_its_owner()
    {
        var answer = await GetGraphAsync($"{Healthy.BusinessAccount.Id}?fields=id,name,owner_business_info", Healthy.Token.Value);

        Assert.Equal(Healthy.Portfolio.Id, answer.Body["owner_business_info"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Subscribed_apps_are_wrapped_as_graph_wraps_them()
    {
        var answer = await GetGraphAsync($"{Healthy.BusinessAccount.Id}/subscribed_apps", Healthy.Token.Value);

        Assert.Equal(Healthy.App.Id, answer.Data[0]!["whatsapp_business_api_data"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Assigned_users_are_those_of_the_requested_portfolio()
    {
        var own = await GetGraphAsync($"{Healthy.BusinessAccount.Id}/assigned_users?business={Healthy.Portfolio.Id}", Healthy.Token.Value);
        var others = await GetGraphAsync($"{Healthy.BusinessAccount.Id}/assigned_users?business=1", Healthy.Token.Value);
        var nobodys = await GetGraphAsync($"{Healthy.BusinessAccount.Id}/assigned_users", Healthy.Token.Value);

        Assert.Equal("""["MANAGE","DEVELOP"]""", own.Data[0]!["tasks"]!.ToJsonString());
        Assert.Empty(others.Data.AsArray());
        Assert.Equal(100, nobodys.Code);
    }

    [Fact]
    public async Task Me_is_the_system_user_and_my_permissions_are_the_scopes()
    {
        var me = await GetGraphAsync("me?fields=id,name", Healthy.Token.Value);
        var permissions = await GetGraphAsync("me/permissions", Healthy.Token.Value);

        Assert.Equal(Healthy.SystemUser.Name, me.Body["name"]!.GetValue<string>());
        Assert.Equal("""{"permission":"whatsapp_business_messaging","status":"granted"}""", permissions.Data[0]!.ToJsonString());
    }

    [Fact]
    public async Task Lists_come_in_pages_and_the_next_one_is_reported_with_the_token_in_it()
    {
        Graph.PageSize = 2;
        Healthy.BusinessAccount.PhoneNumbers = [.. Enumerable.Range(1, 5).Select(i => new PhoneNumber { Id = $"{i}", DisplayNumber = "", VerifiedName = "" })];
        var seen = new List<string>();
        var next = $"{Graph.BaseUrl}/v26.0/{Healthy.BusinessAccount.Id}/phone_numbers?fields=id&access_token={Healthy.Token.Value}";
        var pages = 0;

        while (next is not null)
        {
            var page = JsonNode.Parse(await Client.GetStringAsync(next))!;
            seen.AddRange(page["data"]!.AsArray().Select(row => row!["id"]!.GetValue<string>()));
            next = page["paging"]!["next"]?.GetValue<string>();
            Assert.True(next is null || next.Contains(Healthy.Token.Value, StringComparison.Ordinal));
            pages++;
        }

        Assert.Equal(["1", "2", "3", "4", "5"], seen);
        Assert.Equal(3, pages);
        Assert.All(Graph.Calls, call => Assert.True(call.CredentialInUrl));
    }

    [Fact]
    public async Task A_valid_cursor_continues_the_list_and_an_invalid_one_is_rejected()
    {
        Graph.PageSize = 1;
        Healthy.BusinessAccount.PhoneNumbers = [Healthy.PhoneNumber, new PhoneNumber { Id = "2", DisplayNumber = "", VerifiedName = "" }];
        var edge = $"{Healthy.BusinessAccount.Id}/phone_numbers?fields=id";
        var first = await GetGraphAsync(edge, Healthy.Token.Value);

        var second = await GetGraphAsync($"{edge}&after={first.Body["paging"]!["cursors"]!["after"]}", Healthy.Token.Value);
        var refused = await GetGraphAsync($"{edge}&after=nonsense", Healthy.Token.Value);

        Assert.Equal("2", second.Data[0]!["id"]!.GetValue<string>());
        Assert.Null(second.Body["paging"]!["next"]);
        Assert.Equal(100, refused.Code);
    }

    [Fact]
    public async Task An_asset_that_was_taken_away_looks_like_one_that_does_not_exist()
    {
        Healthy.BusinessAccount.Unassign(Healthy.SystemUser);

        foreach (var path in new[] { Healthy.BusinessAccount.Id, $"{Healthy.BusinessAccount.Id}/phone_numbers", Healthy.PhoneNumber.Id, "999" })
        {
            var answer = await GetGraphAsync(path, Healthy.Token.Value);
            Assert.Equal((400, 100, 33), (answer.Status, answer.Code, answer.Subcode));
        }
    }

    [Fact]
    public async Task An_admin_reaches_what_its_portfolio_owns_without_being_assigned()
    {
        Healthy.BusinessAccount.Unassign(Healthy.SystemUser);
        Healthy.SystemUser.IsAdmin = true;

        Assert.Equal(200, (await GetGraphAsync(Healthy.BusinessAccount.Id, Healthy.Token.Value)).Status);
    }

    [Fact]
    public async Task A_narrowed_scope_hides_the_accounts_that_it_leaves_out()
    {
        Healthy.Token.Narrow(Scope.Management, "1");

        Assert.Equal(33, (await GetGraphAsync(Healthy.BusinessAccount.Id, Healthy.Token.Value)).Subcode);
    }

    [Fact]
    public async Task A_lost_scope_is_a_missing_permission()
    {
        Healthy.Token.Lose(Scope.Management);
        var account = await GetGraphAsync(Healthy.BusinessAccount.Id, Healthy.Token.Value);
        var number = await GetGraphAsync(Healthy.PhoneNumber.Id, Healthy.Token.Value);
        Healthy.Token.Lose(Scope.Messaging);
        var numberThen = await GetGraphAsync(Healthy.PhoneNumber.Id, Healthy.Token.Value);

        Assert.Equal((403, 200), (account.Status, account.Code));
        Assert.Equal(200, number.Status);
        Assert.Equal((403, 10), (numberThen.Status, numberThen.Code));
    }

    [Fact]
    public async Task An_invalid_token_is_refused_with_its_subcode_on_top()
    {
        Healthy.Token.State = SimulatedTokenState.Revoked;

        var answer = await GetGraphAsync(Healthy.PhoneNumber.Id, Healthy.Token.Value);

        Assert.Equal((401, 190, 466), (answer.Status, answer.Code, answer.Subcode));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_shown()
    {
        Assert.Equal(104, (await GetGraphAsync(Healthy.PhoneNumber.Id, null)).Code);
        Assert.Equal(2500, (await GetGraphAsync("me", null)).Code);
        Assert.Equal(2500, (await GetGraphAsync("me", Healthy.App.Credential)).Code);
        Assert.Equal(190, (await GetGraphAsync("me", "nonsense")).Code);
    }

    [Theory]
    [InlineData(false, null, 200)]
    [InlineData(false, "right", 200)]
    [InlineData(false, "wrong", 400)]
    [InlineData(true, null, 400)]
    [InlineData(true, "right", 200)]
    public async Task A_proof_must_be_right_and_is_needed_where_the_app_says_so(bool required, string? proof, int status)
    {
        Healthy.App.RequiresProof = required;
        var query = proof switch
        {
            null => "",
            "right" => $"&appsecret_proof={Proof.Of(Healthy.App.Secret, Healthy.Token.Value)}",
            _ => $"&appsecret_proof={Proof.Of("another secret", Healthy.Token.Value)}",
        };

        var answer = await GetGraphAsync($"me?fields=id{query}", Healthy.Token.Value);

        Assert.Equal(status, answer.Status);
        Assert.Equal(proof is not null, Graph.Calls.Single().HasProof);
        if (status != 200)
        {
            Assert.Equal(100, answer.Code);
            Assert.Contains("appsecret_proof", answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_field_that_does_not_exist_is_an_error()
    {
        var answer = await GetGraphAsync($"{Healthy.PhoneNumber.Id}?fields=id,colour", Healthy.Token.Value);

        Assert.Equal("(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppBusinessPhoneNumber)", answer.Message);
    }

    [Fact]
    public async Task The_version_that_answered_is_in_a_header()
    {
        var asked = await GetGraphAsync("me", Healthy.Token.Value);
        Graph.AnsweredVersion = "v27.0";
        var silentlyAnother = await GetGraphAsync("me", Healthy.Token.Value);

        Assert.Equal("v26.0", asked.Header("facebook-api-version"));
        Assert.Equal("v27.0", silentlyAnother.Header("facebook-api-version"));
    }

    [Fact]
    public async Task Errors_carry_the_trace_id_of_their_header()
    {
        var answer = await GetGraphAsync("999", Healthy.Token.Value);

        Assert.Equal(answer.Header("x-fb-trace-id"), answer.Error["fbtrace_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Two_standard_worlds_share_nothing()
    {
        var staging = Graph.World.AddStandard("Staging");

        Assert.NotEqual(Healthy.Token.Value, staging.Token.Value);
        Assert.Equal(33, (await GetGraphAsync(Healthy.BusinessAccount.Id, staging.Token.Value)).Subcode);
        Assert.Equal(200, (await GetGraphAsync(staging.BusinessAccount.Id, staging.Token.Value)).Status);
    }

    [Fact]
    public async Task A_new_token_works_and_looks_like_one()
    {
        var token = Graph.World.IssueToken(Healthy.App, Healthy.SystemUser);

        Assert.Matches("^EAA[A-Za-z0-9]{200}$", token.Value);
        Assert.NotEqual(Healthy.Token.Value, token.Value);
        Assert.Equal(200, (await GetGraphAsync("me", token.Value)).Status);
    }
}
