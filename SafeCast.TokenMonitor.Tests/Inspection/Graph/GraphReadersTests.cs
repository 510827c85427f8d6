using System.Text.Json;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Simulator.Faults;
using SafeCast.TokenMonitor.Simulator.Graph;
using AssignedUser = SafeCast.TokenMonitor.Inspection.Graph.AssignedUser;
using DebugToken = SafeCast.TokenMonitor.Inspection.Graph.DebugToken;
using GraphOperation = SafeCast.TokenMonitor.Simulator.Graph.GraphOperation;

namespace SafeCast.TokenMonitor.Tests.Inspection.Graph;

public sealed class GraphReadersTests : IAsyncLifetime
{
    private InspectionBench _bench = null!;

    private TokenExpectation TokenOnly => _bench.Full with { BusinessAccountId = null, PhoneNumberId = null, BusinessPortfolioId = null };

    /// <summary>Whole answers to debug_token, odd in one way each. Whether the token is valid can be read from all of them.</summary>
    public static TheoryData<string, string> OddButReadable { get; } = new()
    {
        { "nothing but the one thing", """{"data":{"is_valid":true}}""" },
        { "everything null", """{"data":{"app_id":null,"type":null,"application":null,"is_valid":true,"expires_at":null,"data_access_expires_at":null,"issued_at":null,"scopes":null,"granular_scopes":null,"user_id":null,"error":null}}""" },
        { "everything a list", """{"data":{"app_id":[],"type":[],"application":[],"is_valid":true,"expires_at":[],"issued_at":[],"scopes":[],"granular_scopes":[],"user_id":[],"error":[]}}""" },
        { "everything an object", """{"data":{"app_id":{},"type":{},"application":{},"is_valid":true,"expires_at":{},"issued_at":{},"scopes":{},"granular_scopes":{},"user_id":{}}}""" },
        { "everything true", """{"data":{"app_id":true,"type":true,"application":true,"is_valid":true,"expires_at":true,"scopes":true,"granular_scopes":true,"user_id":true,"error":true}}""" },
        { "a validity in quotes", """{"data":{"is_valid":"true"}}""" },
        { "a validity said twice: the last one holds", """{"data":{"is_valid":false,"is_valid":true}}""" },
        { "data said twice: the last one holds", """{"data":{"is_valid":false},"data":{"is_valid":true}}""" },
        { "an error that is null", """{"error":null,"data":{"is_valid":true}}""" },
        { "scopes of all sorts", """{"data":{"is_valid":true,"scopes":[null,1,true,{},[],"a","\ud800",""]}}""" },
        { "granular scopes of all sorts", """{"data":{"is_valid":true,"granular_scopes":[null,1,"a",{},{"scope":null},{"scope":5,"target_ids":"6"},{"scope":"b","target_ids":[null,{},7]}]}}""" },
        { "half a surrogate pair in a text", """{"data":{"application":"\ud800 app","is_valid":true}}""" },
        { "half a surrogate pair in a name, ahead", """{"data":{"\ud800":1,"is_valid":true}}""" },
        { "half a surrogate pair in a name, behind", """{"data":{"is_valid":true,"\ud800":1,"is_\ud800":1,"is_vali\ud800":2,"\udc00is_valid_and_long":3}}""" },
        { "a name half a surrogate pair beside data", """{"\ud800":1,"data":{"is_valid":true},"\udfff":1,"dat\udfff":1,"err\ud800":2}""" },
        { "a deep nest", """{"data":{"metadata":""" + new string('[', 55) + new string(']', 55) + ""","is_valid":true}}""" },
        { "times without sense", """{"data":{"is_valid":true,"expires_at":99999999999999999999999999,"data_access_expires_at":-1,"issued_at":1.5e300}}""" },
        { "blanks around it all", " \r\n\t{ \"data\" : { \"is_valid\" : true } } \n" },
    };

    public static TheoryData<string, string> Unreadable { get; } = new()
    {
        { "no validity", """{"data":{"app_id":"1"}}""" },
        { "a validity of null", """{"data":{"is_valid":null}}""" },
        { "a validity that is a number", """{"data":{"is_valid":5}}""" },
        { "a validity that is a word", """{"data":{"is_valid":"yes"}}""" },
        { "a validity that is half a surrogate pair", """{"data":{"is_valid":"\ud800"}}""" },
        { "no data", """{"is_valid":true}""" },
        { "a list of data", """{"data":[{"is_valid":true}]}""" },
        { "data in a text", """{"data":"{\"is_valid\":true}"}""" },
        { "a nest deeper than anything", """{"data":{"is_valid":true,"metadata":""" + new string('[', 100_000) + new string(']', 100_000) + "}}" },
    };

    public static TheoryData<string, GraphExpiry> Expiries { get; } = new()
    {
        { "0", GraphExpiry.Never },
        { "\"0\"", GraphExpiry.Never },
        { "1798761600", GraphExpiry.At(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)) },
        { "\"1798761600\"", GraphExpiry.At(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)) },
        { "253402300799", GraphExpiry.At(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero)) },
        { "253402300800", default },
        { "1798761600000", default },
        { "9223372036854775807", default },
        { "9223372036854775808", default },
        { "-1", default },
        { "-62135596801", default },
        { "1.5", default },
        { "1e9", default },
        { "\"\"", default },
        { "\"2027-01-01T00:00:00Z\"", default },
        { "null", default },
        { "false", default },
        { "[]", default },
    };

    public async Task InitializeAsync() => _bench = await InspectionBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public void Reasons_are_read_from_a_single_text_and_a_single_object_where_a_list_is_documented()
    {
        using var document = JsonDocument.Parse("""{"id":"1","health_status":{"can_send_message":"LIMITED","entities":{"entity_type":"WABA","id":"2","can_send_message":"LIMITED","errors":{"error_code":141006,"error_description":"Payment issue"},"additional_info":"Your display name has not been approved yet."}}}""");

        var entity = Assert.Single(GraphReaders.PhoneNumber(new GraphJson(document.RootElement, []))!.Health!.Entities);

        Assert.Equal("141006", Assert.Single(entity.Errors).Code);
        Assert.Equal(["Your display name has not been approved yet."], entity.AdditionalInfo);
    }

    [Fact]
    public async Task All_that_Graph_says_of_a_token_is_read()
    {
        var world = _bench.World;
        world.Token.IssuedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        world.Token.ExpiresAt = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        world.Token.Narrow(Scope.Messaging, "1", "2");

        var debug = await DebugAsync();

        Assert.Equal((true, world.App.Id, world.App.Name, "SYSTEM_USER", world.SystemUser.Id), (debug.IsValid, debug.AppId, debug.AppName, debug.Type, debug.UserId));
        Assert.Equal(world.Token.IssuedAt, debug.IssuedAt);
        Assert.Equal((GraphExpiry.At(world.Token.ExpiresAt.Value), GraphExpiry.Never), (debug.ExpiresAt, debug.DataAccessExpiresAt));
        Assert.Equal([Scope.Messaging, Scope.Management], debug.Scopes);
        Assert.Equal([Scope.Messaging, Scope.Management], debug.GranularScopes!.Select(granular => granular.Scope));
        Assert.Equal(["1", "2"], debug.GranularScopes![0].TargetIds);
        Assert.Null(debug.GranularScopes[1].TargetIds);
        Assert.Null(debug.Error);
    }

    [Theory]
    [MemberData(nameof(OddButReadable))]
    public async Task The_validity_is_read_from_any_answer_that_states_it(string what, string body)
    {
        _bench.Graph.Script(call => call.Operation == GraphOperation.DebugToken, Fault.Answer(200, body));

        var inspection = await _bench.InspectAsync(TokenOnly);

        Assert.True(inspection.Debug?.Value?.IsValid, $"{what}: {inspection.Debug?.Error}");
        Assert.Equal(InspectionSource.App, inspection.Source);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_answer_that_does_not_say_whether_the_token_is_valid_is_no_answer(string what, string body)
    {
        _bench.Graph.Script(call => call.Operation == GraphOperation.DebugToken, Fault.Answer(200, body));

        var inspection = await _bench.InspectAsync(TokenOnly);

        Assert.True(inspection.Debug?.Error is { Class: GraphErrorClass.Transient }, $"{what}: {inspection.Debug?.Error}");
        Assert.IsType<AppCredentialStatus.NotAnswered>(inspection.AppCredential);
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("\"9007199254740993\"", "9007199254740993")]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    public async Task An_id_is_read_digit_by_digit_whether_it_is_a_number_or_a_text(string json, string? id)
    {
        _bench.Graph.Rewrite(GraphOperation.DebugToken, body =>
        {
            body["data"]!["app_id"] = JsonNode.Parse(json);
            body["data"]!["user_id"] = JsonNode.Parse(json);
            body["data"]!["granular_scopes"]![0]!["target_ids"] = new JsonArray(JsonNode.Parse(json));
        });

        var debug = await DebugAsync();

        Assert.Equal((id, id), (debug.AppId, debug.UserId));
        Assert.Equal(id is null ? [] : new[] { id }, debug.GranularScopes![0].TargetIds);
    }

    [Theory]
    [MemberData(nameof(Expiries))]
    public async Task An_expiry_is_a_moment_or_never_or_not_stated(string json, GraphExpiry expiry)
    {
        _bench.Graph.Rewrite(GraphOperation.DebugToken, body =>
        {
            body["data"]!["expires_at"] = JsonNode.Parse(json);
            body["data"]!["data_access_expires_at"] = JsonNode.Parse(json);
        });

        var debug = await DebugAsync();

        Assert.Equal((expiry, expiry), (debug.ExpiresAt, debug.DataAccessExpiresAt));
    }

    [Fact]
    public async Task An_expiry_that_is_missing_is_not_stated()
    {
        _bench.Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!.AsObject().Remove("expires_at"));

        var debug = await DebugAsync();

        Assert.Equal((false, true), (debug.ExpiresAt.IsStated, debug.DataAccessExpiresAt.IsStated));
    }

    [Fact]
    public async Task Scopes_of_all_sorts_are_read_as_far_as_they_are_texts()
    {
        _bench.Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!["scopes"] = JsonNode.Parse("""[null,"whatsapp_business_messaging",true,{},["a"],7]"""));

        Assert.Equal(["whatsapp_business_messaging", "7"], (await DebugAsync()).Scopes);
    }

    [Fact]
    public async Task Scopes_that_are_not_stated_are_not_the_same_as_none()
    {
        using (_bench.Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!["scopes"] = null))
        {
            Assert.Null((await DebugAsync()).Scopes);
        }

        _bench.Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!["scopes"] = new JsonArray());
        Assert.Empty((await DebugAsync()).Scopes!);
    }

    [Fact]
    public async Task An_unknown_type_is_passed_on()
    {
        _bench.World.Token.Type = "AGENT_USER";

        Assert.Equal("AGENT_USER", (await DebugAsync()).Type);
    }

    [Theory]
    [InlineData(SimulatedTokenState.AppRemoved, 458L)]
    [InlineData(SimulatedTokenState.Checkpoint, 459L)]
    [InlineData(SimulatedTokenState.Invalidated, 460L)]
    [InlineData(SimulatedTokenState.Expired, 463L)]
    [InlineData(SimulatedTokenState.Unconfirmed, 464L)]
    [InlineData(SimulatedTokenState.Revoked, 466L)]
    [InlineData(SimulatedTokenState.LoggedOut, 467L)]
    [InlineData(SimulatedTokenState.Other, null)]
    public async Task Why_a_token_is_invalid_is_read_from_the_inner_error(SimulatedTokenState state, long? subcode)
    {
        _bench.World.Token.State = state;

        var debug = await DebugAsync();

        Assert.Equal((false, GraphErrorClass.Token, 190, subcode), (debug.IsValid, debug.Error!.Class, debug.Error.Code, debug.Error.Subcode));
        Assert.Null(debug.Error.HttpStatus);
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("null", null)]
    [InlineData("\"466\"", 466L)]
    [InlineData("466.0", null)]
    [InlineData("{}", null)]
    public async Task A_subcode_of_nothing_is_none_and_one_in_quotes_is_one(string json, long? subcode)
    {
        _bench.World.Token.State = SimulatedTokenState.Revoked;
        _bench.Graph.Rewrite(GraphOperation.DebugToken, body => body["data"]!["error"]!["subcode"] = JsonNode.Parse(json));

        var error = (await DebugAsync()).Error!;

        Assert.Equal((GraphErrorClass.Token, subcode), (error.Class, error.Subcode));
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"code":"190","error_subcode":"466"}""", "190/466")]
    [InlineData("""{"code":190,"error_subcode":0,"subcode":466}""", "190")]
    [InlineData("""{"code":190,"subcode":466}""", "190/466")]
    [InlineData("""{"code":null,"message":null}""", null)]
    [InlineData("""{"code":190,"message":"\ud800","fbtrace_id":{},"is_transient":"\ud800"}""", "190")]
    public async Task An_error_is_read_however_little_it_says(string error, string? codes)
    {
        _bench.Graph.Script(call => call.Operation == GraphOperation.DebugToken, Fault.Answer(400, $$"""{"error":{{error}}}"""));

        var read = (await _bench.InspectAsync(TokenOnly)).Debug!.Error!;

        Assert.Equal((codes, "Graph gave no message"), (read.CodeAndSubcode, read.Message));
    }

    [Fact]
    public async Task A_numbers_health_is_read_with_what_each_entity_says()
    {
        _bench.World.PhoneNumber.Troubles =
        [
            new HealthEntity("BUSINESS", "LIMITED") { AdditionalInfo = ["Not verified"] },
            new HealthEntity("WABA", "BLOCKED") { Errors = [new HealthError(141006, "Payment method missing", "Add one")] },
        ];

        var number = (await _bench.InspectAsync()).PhoneNumber!.Value!;

        Assert.Equal(
            (_bench.World.PhoneNumber.Id, "+1 555-0142", "SafeCast", "GREEN", "CONNECTED"),
            (number.Id, number.DisplayNumber, number.VerifiedName, number.QualityRating, number.Status));
        Assert.Equal("BLOCKED", number.Health!.CanSendMessage);
        Assert.Equal(
            ["PHONE_NUMBER AVAILABLE", "WABA BLOCKED", "BUSINESS LIMITED", "APP AVAILABLE"],
            number.Health.Entities.Select(entity => $"{entity.EntityType} {entity.CanSendMessage}"));
        Assert.Equal(new SendingError("141006", "Payment method missing", "Add one"), Assert.Single(number.Health.Entities[1].Errors));
        Assert.Equal("Not verified", Assert.Single(number.Health.Entities[2].AdditionalInfo));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"BLOCKED\"")]
    [InlineData("[]")]
    public async Task A_health_of_another_shape_is_not_stated(string json)
    {
        _bench.Graph.Rewrite(GraphOperation.PhoneNumber, body => body["health_status"] = JsonNode.Parse(json));

        Assert.Null((await _bench.InspectAsync()).PhoneNumber!.Value!.Health);
    }

    [Fact]
    public async Task A_health_with_invalid_entities_is_read_as_far_as_possible()
    {
        _bench.Graph.Rewrite(GraphOperation.PhoneNumber, body => body["health_status"] = JsonNode.Parse(
            """{"can_send_message":"BLOCKED","entities":[null,5,{},{"entity_type":"WABA","id":334455667788990,"errors":[{},{"error_code":"141006"},null],"additional_info":"x"}]}"""));

        var health = (await _bench.InspectAsync()).PhoneNumber!.Value!.Health!;

        Assert.Equal(["", "334455667788990"], health.Entities.Select(entity => entity.Id ?? ""));
        Assert.Equal([null, "141006"], health.Entities[1].Errors.Select(error => error.Code));
        Assert.Equal(["x"], health.Entities[1].AdditionalInfo);
    }

    [Fact]
    public async Task An_account_whose_owner_is_not_visible_has_none()
    {
        _bench.Graph.Rewrite(GraphOperation.BusinessAccount, body => body.Remove("owner_business_info"));

        Assert.Equal(new Identity("", null), (await _bench.InspectAsync()).Owner!.Value);
    }

    [Fact]
    public async Task Assigned_users_without_tasks_have_unknown_permissions()
    {
        _bench.Graph.Rewrite(GraphOperation.AssignedUsers, body => body["data"] = JsonNode.Parse(
            """[{"id":5,"name":"one"},{"id":"6","tasks":null},{"id":"7","tasks":["MANAGE",null,1]}]"""));

        var users = (await _bench.InspectAsync()).AssignedUsers!.Value!;

        Assert.Equal([new AssignedUser("5", "one", null), new AssignedUser("6", null, null)], users.Take(2));
        Assert.Equal(["MANAGE", "1"], users[2].Tasks);
    }

    private async Task<DebugToken> DebugAsync() => (await _bench.InspectAsync(TokenOnly)).Debug!.Value!;
}
