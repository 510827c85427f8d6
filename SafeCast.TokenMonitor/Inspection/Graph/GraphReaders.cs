namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>Reads facts from the JSON of Graph. Returns null if the body lacks the fields that make it an answer.</summary>
internal static class GraphReaders
{
    public static DebugToken? DebugToken(GraphJson body)
    {
        if (body.Object("data") is not { } data || data.Flag("is_valid") is not { } isValid)
        {
            return null;
        }

        return new DebugToken
        {
            IsValid = isValid,
            AppId = data.Text("app_id"),
            AppName = data.Text("application"),
            Type = data.Text("type"),
            UserId = data.Text("user_id"),
            IssuedAt = data.Moment("issued_at"),
            ExpiresAt = data.Expiry("expires_at"),
            DataAccessExpiresAt = data.Expiry("data_access_expires_at"),
            Scopes = data.Texts("scopes"),
            GranularScopes = data.Objects("granular_scopes") is { } scopes
                ? [.. from scope in scopes
                      where scope.Text("scope") is not null
                      select new GranularScope(scope.Text("scope")!, scope.Texts("target_ids"))]
                : null,
            Error = data.Object("error") is { } error ? Error(error, httpStatus: null) : null,
        };
    }

    public static GraphError Error(GraphJson error, int? httpStatus)
    {
        var message = error.Text("message") ?? "Graph gave no message";
        var code = error.Integer("code");

        // "error_subcode" at the top level, "subcode" in the data of debug_token. Absent and 0 are the same.
        var subcode = (error.Integer("error_subcode") ?? error.Integer("subcode")) is { } stated and not 0 ? stated : (long?)null;
        return new GraphError
        {
            Class = GraphErrorClassifier.Classify(httpStatus, code, subcode, message, error.Flag("is_transient") ?? false),
            Message = message,
            Code = code,
            Subcode = subcode,
            HttpStatus = httpStatus,
            UserTitle = error.Text("error_user_title"),
            UserMessage = error.Text("error_user_msg"),
            // An object with "details" in the WhatsApp API, a text in other APIs.
            Details = error.Object("error_data")?.Text("details") ?? error.Text("error_data"),
            TraceId = error.Text("fbtrace_id"),
        };
    }

    public static Identity? Identity(GraphJson body) =>
        body.Text("id") is { } id ? new Identity(id, body.Text("name")) : null;

    public static BusinessAccount? BusinessAccount(GraphJson body) =>
        body.Text("id") is { } id ? new BusinessAccount(id, body.Text("name")) : null;

    /// <summary>Reads the owner of an account. If the token may not see the owner, the identity has an empty id.</summary>
    public static Identity? Owner(GraphJson body)
    {
        if (body.Text("id") is null)
        {
            return null;
        }

        return body.Object("owner_business_info") is { } owner && owner.Text("id") is { } id
            ? new Identity(id, owner.Text("name"))
            : new Identity("", null);
    }

    public static PhoneNumber? PhoneNumber(GraphJson body) => body.Text("id") is not { } id
        ? null
        : new PhoneNumber(
            id,
            body.Text("display_phone_number"),
            body.Text("verified_name"),
            body.Text("quality_rating"),
            body.Text("status"),
            body.Object("health_status") is { } health ? SendingHealth(health) : null);

    public static string? Id(GraphJson row) => row.Text("id");

    public static string? SubscribedAppId(GraphJson row) => row.Object("whatsapp_business_api_data")?.Text("id") ?? row.Text("id");

    public static AssignedUser? AssignedUser(GraphJson row) =>
        row.Text("id") is { } id ? new AssignedUser(id, row.Text("name"), row.Texts("tasks")) : null;

    public static ScopeGrant? ScopeGrant(GraphJson row) => row.Text("permission") is { } scope
        ? new ScopeGrant(scope, string.Equals(row.Text("status"), "granted", StringComparison.OrdinalIgnoreCase))
        : null;

    private static SendingHealth SendingHealth(GraphJson health) => new(
        health.Text("can_send_message"),
        [.. from entity in health.Objects("entities") ?? []
            select new SendingEntity(
                entity.Text("entity_type"),
                entity.Text("id"),
                entity.Text("can_send_message"),
                [.. from error in entity.Objects("errors") ?? []
                    select new SendingError(error.Text("error_code"), error.Text("error_description"), error.Text("possible_solution"))],
                entity.Texts("additional_info") ?? [])]);
}
