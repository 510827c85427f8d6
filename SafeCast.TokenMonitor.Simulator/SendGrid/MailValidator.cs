using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.SendGrid;

/// <summary>Validates mails like SendGrid, by its published list of errors (400).</summary>
internal sealed class MailValidator
{
    private const int MostRecipients = 1000;
    private const int MostCategories = 10;
    private const int LongestCategory = 255;
    private const int LargestCustomArgs = 10_000;

    private static readonly HashSet<string> ReservedHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-sg-id", "x-sg-eid", "received", "dkim-signature", "Content-Type", "Content-Transfer-Encoding",
        "To", "From", "Subject", "Reply-To", "CC", "BCC",
    };

    private readonly List<MailError> _errors = [];
    private readonly JsonObject _mail;

    private MailValidator(JsonObject mail) => _mail = mail;

    public static IReadOnlyList<MailError> Validate(JsonObject mail)
    {
        var validator = new MailValidator(mail);
        validator.CheckFrom();
        validator.CheckPersonalizations();
        validator.CheckSubject();
        validator.CheckContent();
        validator.CheckHeaders(mail["headers"], "headers");
        validator.CheckCategories();
        validator.CheckSwitches();
        return validator._errors;
    }

    public static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private void Add(string message, string field, string? anchor = null) => _errors.Add(new MailError(message, field, anchor ?? field));

    private void CheckFrom()
    {
        if (_mail["from"] is not JsonObject from || from["email"] is null)
        {
            Add("The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.  e.g. {\"email\" : \"example@example.com\"}  or {\"email\" : \"example@example.com\", \"name\" : \"Example Recipient\"}.", "from.email", "from");
        }
        else if (!IsAddress(Text(from["email"])))
        {
            Add("The from email does not contain a valid address.", "from.email", "from");
        }

        if (_mail["reply_to"] is JsonObject replyTo && !IsAddress(Text(replyTo["email"])))
        {
            Add("The reply_to email does not contain a valid address.", "reply_to.email", "reply_to");
        }
    }

    private void CheckPersonalizations()
    {
        if (_mail["personalizations"] is not JsonArray { Count: > 0 } personalizations)
        {
            Add("The personalizations field is required and must have at least one personalization.", "personalizations");
            return;
        }

        if (personalizations.Count > MostRecipients)
        {
            Add($"The personalization block is limited to 1000 personalizations per API request. You have provided {Number(personalizations.Count)} personalizations. Please consider splitting this into multiple requests and resending your request.", "personalizations");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var recipients = 0;
        for (var i = 0; i < personalizations.Count; i++)
        {
            var field = $"personalizations.{Number(i)}";
            if (personalizations[i] is not JsonObject personalization)
            {
                Add("Each personalization must be an object.", field, "personalizations");
                continue;
            }

            recipients += CheckRecipients(personalization, field, seen);
            CheckCustomArgs(personalization, field);
            CheckHeaders(personalization["headers"], $"{field}.headers");
        }

        if (recipients > MostRecipients)
        {
            Add("There is a limit of 1000 total recipients (to + cc + bcc) per request.", "personalizations");
        }
    }

    private int CheckRecipients(JsonObject personalization, string field, HashSet<string> seen)
    {
        if (personalization["to"] is not JsonArray { Count: > 0 })
        {
            Add("The to array is required for all personalization objects, and must have at least one email object with a valid email address.", $"{field}.to", "personalizations.to");
        }

        var count = 0;
        foreach (var kind in (string[])["to", "cc", "bcc"])
        {
            var list = personalization[kind] as JsonArray ?? [];
            for (var i = 0; i < list.Count; i++, count++)
            {
                var address = Text((list[i] as JsonObject)?["email"]);
                if (!IsAddress(address))
                {
                    Add("Does not contain a valid address.", $"{field}.{kind}.{Number(i)}.email", $"personalizations.{kind}");
                }
                else if (!seen.Add(address!))
                {
                    Add($"Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [{address}] in the {field}.{kind} field.", field, "personalizations");
                }
            }
        }

        return count;
    }

    private void CheckCustomArgs(JsonObject personalization, string field)
    {
        if (_mail["custom_args"] is not (null or JsonObject))
        {
            Add("The custom_args must be an object of key/value pairs.", "custom_args");
            return;
        }

        var merged = new JsonObject();
        foreach (var source in (JsonNode?[])[_mail["custom_args"], personalization["custom_args"]])
        {
            foreach (var (key, value) in source as JsonObject ?? [])
            {
                merged[key] = Text(value);
                if (Text(value) is null)
                {
                    Add("All values of custom arguments object must be strings", $"{field}.custom_args", "personalizations.custom_args");
                }
            }
        }

        if (Encoding.UTF8.GetByteCount(merged.ToJsonString()) > LargestCustomArgs)
        {
            Add("The combined size of both global and personalization custom arguments may not exceed 10,000 bytes per personalization.", $"{field}.custom_args", "personalizations.custom_args");
        }
    }

    private void CheckSubject()
    {
        var personalizations = _mail["personalizations"] as JsonArray ?? [];
        var everyOneHasItsOwn = personalizations.Count > 0 && personalizations.All(one => Text((one as JsonObject)?["subject"]) is { Length: > 0 });
        if (Text(_mail["subject"]) is { Length: > 0 } || everyOneHasItsOwn || _mail["template_id"] is not null)
        {
            return;
        }

        Add("The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.", "subject");
    }

    private void CheckContent()
    {
        if (_mail["content"] is not JsonArray { Count: > 0 } content)
        {
            if (_mail["template_id"] is null)
            {
                Add("Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required.", "content");
            }

            return;
        }

        var lastRank = 0;
        for (var i = 0; i < content.Count; i++)
        {
            var field = $"content.{Number(i)}";
            var type = Text((content[i] as JsonObject)?["type"]);
            if (string.IsNullOrEmpty(type))
            {
                Add("Your content type must be a string with length of at least one character.", $"{field}.type", "content.type");
            }
            else if (type.AsSpan().IndexOfAny(";\r\n") >= 0)
            {
                Add("The content type cannot contain ';', or CRLF characters.", $"{field}.type", "content.type");
            }

            if (string.IsNullOrEmpty(Text((content[i] as JsonObject)?["value"])))
            {
                Add("The content value must be a string at least one character in length.", $"{field}.value", "content.value");
            }

            var rank = type switch { "text/plain" => 0, "text/html" => 1, _ => 2 };
            if (rank < lastRank)
            {
                Add("Following RFC 1341, section 7.2, if either text/html or text/plain are to be sent in your email: text/plain needs to be first, followed by text/html, followed by any other content.", "content", "content.value");
            }

            lastRank = rank;
        }
    }

    private void CheckHeaders(JsonNode? headers, string field)
    {
        foreach (var (name, value) in headers as JsonObject ?? [])
        {
            if (ReservedHeaders.Contains(name))
            {
                Add($"Header cannot be one of the reserved keys. You provided {name}.", field, "headers");
            }
            else if (name.Any(character => character is <= ' ' or >= '\u007f'))
            {
                Add("Header keys cannot contain non-ASCII characters or empty spaces.", field, "headers");
            }
            else if (Text(value) is null)
            {
                Add("The header values must be strings.", field, "headers");
            }
        }
    }

    private void CheckCategories()
    {
        if (_mail["categories"] is not JsonArray categories)
        {
            return;
        }

        if (categories.Count > MostCategories)
        {
            Add($"There is a limit of 10 categories for each email that is sent. You provided {Number(categories.Count)} categories.", "categories");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var category in categories.Select(Text))
        {
            if (category is null)
            {
                Add("Categories must be an array of strings.", "categories");
            }
            else if (category.Length > LongestCategory)
            {
                Add($"Each category must not be longer than 255 characters. [{category}] exceeds this limit", "categories");
            }
            else if (!seen.Add(category))
            {
                Add($"The categories must be a unique list, and you have included [{category}] more than once.", "categories");
            }
        }
    }

    private void CheckSwitches()
    {
        foreach (var group in (string[])["tracking_settings", "mail_settings"])
        {
            foreach (var (name, setting) in _mail[group] as JsonObject ?? [])
            {
                if ((setting as JsonObject)?["enable"] is { } enable && enable.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
                {
                    Add($"The {name.Replace('_', ' ')} enable param should be a boolean value.", $"{group}.{name}.enable");
                }
            }
        }
    }

    private static bool IsAddress(string? text) =>
        text is { Length: <= 320 } && text.Split('@') is [{ Length: > 0 }, { Length: > 0 } domain]
        && domain.Contains('.') && !domain.StartsWith('.') && !domain.EndsWith('.') && !text.Any(char.IsWhiteSpace);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
