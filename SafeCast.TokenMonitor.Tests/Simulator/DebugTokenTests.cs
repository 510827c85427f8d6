using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Tests.Simulator;

public sealed class DebugTokenTests : SimulationTest
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));

    protected override SimulationOptions Options => new() { TimeProvider = _clock };

    [Fact]
    public async Task A_healthy_token_is_described_as_permanent_and_unrestricted()
    {
        var world = Graph.World.AddStandard();

        var answer = await DebugTokenAsync(world.Token.Value, world.App.Credential);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """
            {"app_id":"1122334455667788","type":"SYSTEM_USER","application":"SafeCast Production","data_access_expires_at":0,
            "expires_at":0,"is_valid":true,"issued_at":1795176000,"scopes":["whatsapp_business_messaging","whatsapp_business_management"],
            "granular_scopes":[{"scope":"whatsapp_business_messaging"},{"scope":"whatsapp_business_management"}],"user_id":"100055566677788"}
            """.ReplaceLineEndings(""),
            answer.Data.ToJsonString());
    }

    [Fact]
    public async Task A_narrowed_scope_names_its_targets_and_others_do_not()
    {
        var world = Graph.World.AddStandard();
        world.Token.Narrow(Scope.Messaging, "1", "2");

        var granular = (await DebugTokenAsync(world.Token.Value, world.App.Credential)).Data["granular_scopes"]!;

        Assert.Equal("""{"scope":"whatsapp_business_messaging","target_ids":["1","2"]}""", granular[0]!.ToJsonString());
        Assert.Equal("""{"scope":"whatsapp_business_management"}""", granular[1]!.ToJsonString());
    }

    [Theory]
    [InlineData(SimulatedTokenState.AppRemoved, 458)]
    [InlineData(SimulatedTokenState.Checkpoint, 459)]
    [InlineData(SimulatedTokenState.Invalidated, 460)]
    [InlineData(SimulatedTokenState.Expired, 463)]
    [InlineData(SimulatedTokenState.Unconfirmed, 464)]
    [InlineData(SimulatedTokenState.Revoked, 466)]
    [InlineData(SimulatedTokenState.LoggedOut, 467)]
    [InlineData(SimulatedTokenState.Other, 452)]
    [InlineData(SimulatedTokenState.Other, null)]
    public async Task An_invalid_token_answers_200_with_the_subcode_inside_data(SimulatedTokenState state, int? subcode)
    {
        var world = Graph.World.AddStandard();
        world.Token.State = state;
        world.Token.OtherSubcode = subcode;

        var answer = await DebugTokenAsync(world.Token.Value, world.App.Credential);

        Assert.Equal(200, answer.Status);
        Assert.False(answer.Data["is_valid"]!.GetValue<bool>());
        Assert.Equal(190, answer.Data["error"]!["code"]!.GetValue<int>());
        Assert.Equal(subcode, answer.Data["error"]!["subcode"]?.GetValue<int>());
        Assert.Null(answer.Body["error"]);
    }

    [Fact]
    public async Task A_revoked_token_has_no_scopes_left()
    {
        var world = Graph.World.AddStandard();
        world.Token.State = SimulatedTokenState.Revoked;

        var data = (await DebugTokenAsync(world.Token.Value, world.App.Credential)).Data;

        Assert.Empty(data["scopes"]!.AsArray());
        Assert.Null(data["granular_scopes"]);
    }

    [Fact]
    public async Task A_token_may_be_invalid_without_a_reason()
    {
        var world = Graph.World.AddStandard();
        world.Token.State = SimulatedTokenState.WithoutReason;

        var data = (await DebugTokenAsync(world.Token.Value, world.App.Credential)).Data;

        Assert.False(data["is_valid"]!.GetValue<bool>());
        Assert.Null(data["error"]);
    }

    [Fact]
    public async Task A_token_expires_by_the_clock_and_keeps_its_scopes()
    {
        var world = Graph.World.AddStandard();
        world.Token.ExpiresAt = _clock.GetUtcNow().AddDays(60);
        Assert.True((await DebugTokenAsync(world.Token.Value, world.App.Credential)).Data["is_valid"]!.GetValue<bool>());

        _clock.Advance(TimeSpan.FromDays(60));
        var data = (await DebugTokenAsync(world.Token.Value, world.App.Credential)).Data;

        Assert.False(data["is_valid"]!.GetValue<bool>());
        Assert.Equal(463, data["error"]!["subcode"]!.GetValue<int>());
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), data["expires_at"]!.GetValue<long>());
        Assert.Equal(2, data["scopes"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("<paste token here>", "Invalid OAuth access token - Cannot parse access token")]
    [InlineData("EAAabc123", "The access token could not be decrypted")]
    public async Task What_is_no_token_gets_nothing_but_an_error_inside_data(string inspected, string message)
    {
        var world = Graph.World.AddStandard();

        var answer = await DebugTokenAsync(inspected, world.App.Credential);

        Assert.Equal(200, answer.Status);
        var expected = new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = 190, ["message"] = message },
            ["is_valid"] = false,
            ["scopes"] = new JsonArray(),
        };
        Assert.True(JsonNode.DeepEquals(expected, answer.Data), answer.Text);
    }

    [Fact]
    public async Task A_token_cut_short_could_not_be_decrypted()
    {
        var world = Graph.World.AddStandard();

        var answer = await DebugTokenAsync(world.Token.Value[..100], world.App.Credential);

        Assert.Equal("The access token could not be decrypted", answer.Data["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_app_token_has_no_expiry()
    {
        var world = Graph.World.AddStandard();

        var data = (await DebugTokenAsync(world.App.Credential, world.App.Credential)).Data;

        Assert.Equal("APP", data["type"]!.GetValue<string>());
        Assert.Null(data["expires_at"]);
    }

    [Fact]
    public async Task Another_apps_token_is_a_top_level_error()
    {
        var production = Graph.World.AddStandard();
        var staging = Graph.World.AddStandard("Staging");

        var answer = await DebugTokenAsync(staging.Token.Value, production.App.Credential);

        Assert.Equal((400, 100), (answer.Status, answer.Code));
        Assert.Contains("did not match the Viewing App", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_app_secret_makes_the_old_one_an_invalid_signature()
    {
        var world = Graph.World.AddStandard();
        var old = world.App.Credential;
        world.App.Secret = SampleSecrets.AppSecret("reset");

        var answer = await DebugTokenAsync(world.Token.Value, old);

        Assert.Equal((400, 190), (answer.Status, answer.Code));
        Assert.Equal("Invalid OAuth access token signature.", answer.Message);
    }

    [Fact]
    public async Task A_deleted_app_cannot_be_validated()
    {
        var world = Graph.World.AddStandard();
        world.App.IsDeleted = true;

        var answer = await DebugTokenAsync(world.Token.Value, world.App.Credential);

        Assert.Equal((400, 190), (answer.Status, answer.Code));
        Assert.StartsWith("Error validating application.", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "API access blocked.")]
    [InlineData(false, "API access deactivated.")]
    public async Task A_blocked_or_deactivated_app_is_refused_with_200(bool isBlocked, string message)
    {
        var world = Graph.World.AddStandard();
        world.App.IsBlocked = isBlocked;
        world.App.IsDeactivated = !isBlocked;

        var answer = await DebugTokenAsync(world.Token.Value, world.App.Credential);

        Assert.Equal(200, answer.Code);
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_may_inspect_itself_only_where_that_is_allowed()
    {
        var world = Graph.World.AddStandard();

        var refused = await DebugTokenAsync(world.Token.Value, world.Token.Value);
        Graph.AllowsInspectionByToken = true;
        var answered = await DebugTokenAsync(world.Token.Value, world.Token.Value);

        Assert.Equal((400, 100), (refused.Status, refused.Code));
        Assert.StartsWith("(#100) You must provide an app access token", refused.Message, StringComparison.Ordinal);
        Assert.True(answered.Data["is_valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Posting_is_refused_as_an_unknown_object()
    {
        var world = Graph.World.AddStandard();

        var answer = await SendGraphAsync(HttpMethod.Post, $"debug_token?input_token={world.Token.Value}", world.App.Credential);

        Assert.Equal((400, 100, 33), (answer.Status, answer.Code, answer.Subcode));
    }

    [Fact]
    public async Task A_proof_of_the_inspected_token_is_refused()
    {
        var world = Graph.World.AddStandard();

        var answer = await GetGraphAsync(
            $"debug_token?input_token={world.Token.Value}&appsecret_proof={Proof.Of(world.App.Secret, world.Token.Value)}", world.App.Credential);

        Assert.Equal(100, answer.Code);
        Assert.Contains("appsecret_proof", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_can_be_rewritten_until_that_is_disposed()
    {
        var world = Graph.World.AddStandard();
        using (Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!["app_id"] = 1122334455667788))
        {
            var rewritten = await DebugTokenAsync(world.Token.Value, world.App.Credential);
            Assert.Equal(JsonValueKind.Number, rewritten.Data["app_id"]!.GetValueKind());
        }

        var again = await DebugTokenAsync(world.Token.Value, world.App.Credential);
        Assert.Equal(JsonValueKind.String, again.Data["app_id"]!.GetValueKind());
    }

    [Fact]
    public async Task Calls_are_recorded_without_any_credential()
    {
        var world = Graph.World.AddStandard();
        await DebugTokenAsync(world.Token.Value, world.App.Credential);

        var call = Assert.Single(Graph.Calls);

        Assert.Equal((GraphOperation.DebugToken, CredentialKind.App, 200), (call.Operation, call.Credential, call.Status));
        Assert.Equal((world.App.Id, world.SystemUser.Id), (call.AppId, call.InspectedUserId));
        Assert.Equal(_clock.GetUtcNow(), call.At);
        Assert.DoesNotContain(world.Token.Value, JsonSerializer.Serialize(call), StringComparison.Ordinal);
        Assert.DoesNotContain(world.App.Secret, JsonSerializer.Serialize(call), StringComparison.Ordinal);
    }
}
