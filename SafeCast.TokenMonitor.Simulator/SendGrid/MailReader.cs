using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>Parses a valid request.</summary>
internal static class MailReader
{
    public static SentMail Read(JsonObject mail, string id, DateTimeOffset at, string raw)
    {
        var personalizations = mail["personalizations"]!.AsArray().Select(one => one!.AsObject()).ToList();
        return new SentMail
        {
            MessageId = id,
            At = at,
            From = Address(mail["from"]!),
            To = Addresses(personalizations, "to"),
            Cc = Addresses(personalizations, "cc"),
            Bcc = Addresses(personalizations, "bcc"),
            Subject = MailValidator.Text(personalizations[0]["subject"]) ?? MailValidator.Text(mail["subject"]) ?? "",
            Text = Content(mail, "text/plain"),
            Html = Content(mail, "text/html"),
            CustomArgs = Merge(mail["custom_args"], personalizations[0]["custom_args"]),
            Headers = Merge(mail["headers"], personalizations[0]["headers"]),
            Categories = [.. (mail["categories"] as JsonArray ?? []).Select(category => category!.GetValue<string>())],
            TrackingSettings = mail["tracking_settings"]?.DeepClone().AsObject(),
            Raw = raw,
        };
    }

    private static IReadOnlyList<MailAddress> Addresses(IEnumerable<JsonObject> personalizations, string kind) =>
        [.. personalizations.SelectMany(one => one[kind] as JsonArray ?? []).Select(node => Address(node!))];

    private static MailAddress Address(JsonNode node) => new(node["email"]!.GetValue<string>(), MailValidator.Text(node["name"]));

    private static string? Content(JsonObject mail, string type) =>
        MailValidator.Text((mail["content"] as JsonArray ?? []).FirstOrDefault(part => MailValidator.Text(part!["type"]) == type)?["value"]);

    private static Dictionary<string, string> Merge(JsonNode? common, JsonNode? own)
    {
        var merged = new Dictionary<string, string>();
        foreach (var source in (JsonNode?[])[common, own])
        {
            foreach (var (key, value) in source as JsonObject ?? [])
            {
                merged[key] = MailValidator.Text(value) ?? "";
            }
        }

        return merged;
    }
}
