using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary><c>GET /debug_token</c>: errors about the caller are at the top level, errors about the inspected token in <c>data</c>.</summary>
internal static class DebugToken
{
    public static GraphResult Answer(GraphWorld world, GraphRequest request, bool allowsTokens, DateTimeOffset now)
    {
        var (viewer, error) = Viewer(world, request, allowsTokens, now);
        if (viewer is null)
        {
            return error!;
        }

        if (request.Parameter("input_token") is not { } input)
        {
            return GraphErrors.ParameterRequired("input_token");
        }

        if (world.FindToken(input) is { } token)
        {
            return token.App == viewer ? Known(token, now) : GraphErrors.AnotherApp;
        }

        if (input.Split('|') is [var appId, var secret] && appId.All(char.IsAsciiDigit))
        {
            return AppToken(world, viewer, appId, secret);
        }

        return Unknown(Authorizer.LooksLikeToken(input) ? GraphErrors.CannotDecrypt : GraphErrors.CannotParse);
    }

    private static (GraphApp? Viewer, GraphError? Error) Viewer(GraphWorld world, GraphRequest request, bool allowsTokens, DateTimeOffset now)
    {
        if (request.Kind == CredentialKind.App)
        {
            return Authorizer.App(world, request);
        }

        var (token, error) = Authorizer.Token(world, request, now);
        return error is not null ? (null, error)
            : allowsTokens ? (token!.App, null)
            : (null, GraphErrors.NotEntitledToInspect);
    }

    private static JsonObject Known(GraphToken token, DateTimeOffset now)
    {
        var state = token.StateAt(now);
        var hasScopes = state is not (SimulatedTokenState.Revoked or SimulatedTokenState.AppRemoved);
        var data = new JsonObject
        {
            ["app_id"] = token.App.Id,
            ["type"] = token.Type,
            ["application"] = token.App.Name,
            ["data_access_expires_at"] = Seconds(token.DataAccessExpiresAt),
        };
        if (TokenFailure.Of(token, now) is { } failure && state != SimulatedTokenState.WithoutReason)
        {
            data["error"] = Inner(failure.Message, failure.Subcode);
        }

        data["expires_at"] = Seconds(state == SimulatedTokenState.Expired ? TokenFailure.ExpiryOf(token, now) : token.ExpiresAt);
        data["is_valid"] = state == SimulatedTokenState.Valid;
        data["issued_at"] = Seconds(token.IssuedAt);
        data["scopes"] = hasScopes ? Json.Array(token.Scopes) : [];
        if (hasScopes)
        {
            data["granular_scopes"] = new JsonArray([.. token.Scopes.Select(scope => Granular(token, scope))]);
        }

        data["user_id"] = token.User.Id;
        return Wrap(data);
    }

    private static JsonObject Granular(GraphToken token, string scope)
    {
        var granular = new JsonObject { ["scope"] = scope };
        if (token.TargetIds.TryGetValue(scope, out var targets))
        {
            granular["target_ids"] = Json.Array(targets);
        }

        return granular;
    }

    private static GraphResult AppToken(GraphWorld world, GraphApp viewer, string appId, string secret)
    {
        if (world.FindApp(appId) is not { } app || app.Secret != secret)
        {
            return Unknown(GraphErrors.WrongAppSecret);
        }

        return app != viewer
            ? GraphErrors.AnotherApp
            : Wrap(new JsonObject { ["app_id"] = app.Id, ["type"] = "APP", ["application"] = app.Name, ["is_valid"] = true, ["scopes"] = new JsonArray() });
    }

    private static JsonObject Unknown(GraphError error) =>
        Wrap(new JsonObject { ["error"] = Inner(error.Message, null), ["is_valid"] = false, ["scopes"] = new JsonArray() });

    private static JsonObject Inner(string message, int? subcode)
    {
        var error = new JsonObject { ["code"] = 190, ["message"] = message };
        if (subcode is not null)
        {
            error["subcode"] = subcode;
        }

        return error;
    }

    private static JsonObject Wrap(JsonObject data) => new() { ["data"] = data };

    private static long Seconds(DateTimeOffset? at) => at?.ToUnixTimeSeconds() ?? 0;
}
