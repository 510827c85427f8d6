using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The Graph objects of the world.</summary>
internal static class Nodes
{
    private static readonly string[] Severities = ["AVAILABLE", "LIMITED", "BLOCKED"];

    public static Node Of(SystemUser user) => new(
        "SystemUser", new Dictionary<string, Func<JsonNode?>> { ["name"] = () => user.Name, ["id"] = () => user.Id }, ["name", "id"]);

    public static Node Of(GraphApp app) => new(
        "Application",
        new Dictionary<string, Func<JsonNode?>>
        {
            ["link"] = () => $"https://www.facebook.com/games/?app_id={app.Id}",
            ["name"] = () => app.Name,
            ["id"] = () => app.Id,
        },
        ["link", "name", "id"]);

    public static Node Of(BusinessAccount account) => new(
        "WhatsAppBusinessAccount",
        new Dictionary<string, Func<JsonNode?>>
        {
            ["id"] = () => account.Id,
            ["name"] = () => account.Name,
            ["timezone_id"] = () => "1",
            ["currency"] = () => "USD",
            ["account_review_status"] = () => "APPROVED",
            ["owner_business_info"] = () => new JsonObject { ["name"] = account.Owner.Name, ["id"] = account.Owner.Id },
        },
        ["id", "name", "timezone_id"]);

    public static Node Of(PhoneNumber number, BusinessAccount account, GraphApp asker) => new(
        "WhatsAppBusinessPhoneNumber",
        new Dictionary<string, Func<JsonNode?>>
        {
            ["verified_name"] = () => number.VerifiedName,
            ["display_phone_number"] = () => number.DisplayNumber,
            ["quality_rating"] = () => number.QualityRating,
            ["status"] = () => number.Status,
            ["health_status"] = () => Health(number, account, asker),
            ["id"] = () => number.Id,
        },
        ["verified_name", "display_phone_number", "quality_rating", "id"]);

    public static Node Of(AssignedUser assigned) => new(
        "AssignedUser",
        new Dictionary<string, Func<JsonNode?>>
        {
            ["id"] = () => assigned.User.Id,
            ["name"] = () => assigned.User.Name,
            ["tasks"] = () => Json.Array(assigned.Tasks),
        },
        ["id", "name", "tasks"]);

    public static Node Subscribed(GraphApp app) => new(
        "SubscribedApp",
        new Dictionary<string, Func<JsonNode?>>
        {
            ["whatsapp_business_api_data"] = () => new JsonObject
            {
                ["link"] = $"https://www.facebook.com/games/?app_id={app.Id}",
                ["name"] = app.Name,
                ["id"] = app.Id,
            },
        },
        ["whatsapp_business_api_data"]);

    public static Node Permission(string scope) => new(
        "Permission",
        new Dictionary<string, Func<JsonNode?>> { ["permission"] = () => scope, ["status"] = () => "granted" },
        ["permission", "status"]);

    private static JsonObject Health(PhoneNumber number, BusinessAccount account, GraphApp asker)
    {
        (string Type, string Id)[] all = [("PHONE_NUMBER", number.Id), ("WABA", account.Id), ("BUSINESS", account.Owner.Id), ("APP", asker.Id)];
        var entities = all
            .Select(entity => (Trouble: number.Troubles.FirstOrDefault(trouble => trouble.EntityType == entity.Type) ?? new HealthEntity(entity.Type, Severities[0]), entity.Id))
            .ToList();
        var worst = entities.Max(entity => Array.IndexOf(Severities, entity.Trouble.CanSendMessage));
        return new JsonObject
        {
            ["can_send_message"] = Severities[Math.Max(worst, 0)],
            ["entities"] = new JsonArray([.. entities.Select(entity => Entity(entity.Trouble, entity.Id))]),
        };
    }

    private static JsonObject Entity(HealthEntity entity, string id)
    {
        var json = new JsonObject { ["entity_type"] = entity.EntityType, ["id"] = id, ["can_send_message"] = entity.CanSendMessage };
        if (entity.AdditionalInfo.Count > 0)
        {
            json["additional_info"] = Json.Array(entity.AdditionalInfo);
        }

        if (entity.Errors.Count > 0)
        {
            json["errors"] = new JsonArray([.. entity.Errors.Select(error => (JsonNode)new JsonObject
            {
                ["error_code"] = error.Code,
                ["error_description"] = error.Description,
                ["possible_solution"] = error.PossibleSolution,
            })]);
        }

        return json;
    }
}
