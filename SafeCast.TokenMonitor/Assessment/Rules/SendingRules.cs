using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Whether Meta lets the number send, whatever the token.</summary>
internal static class SendingRules
{
    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.PhoneNumber?.Value is not { } number)
        {
            return;
        }

        switch (number.Health?.CanSendMessage?.ToUpperInvariant())
        {
            case "AVAILABLE":
                a.LookFor(FindingKind.SendingBlocked, FindingKind.SendingLimited);
                break;
            case "BLOCKED":
                a.LookFor(FindingKind.SendingLimited);
                Find(a, FindingKind.SendingBlocked, number);
                break;
            case "LIMITED":
                a.LookFor(FindingKind.SendingBlocked);
                Find(a, FindingKind.SendingLimited, number);
                break;
            case null:
                a.NotStated("whether Meta lets the number send", "Graph did not say.");
                break;
            default:
                a.NotStated("whether Meta lets the number send", $"Graph says {number.Health.CanSendMessage}, which this monitor does not know.");
                break;
        }
    }

    private static void Find(AssessmentBuilder a, FindingKind kind, PhoneNumber number)
    {
        a.Find(kind, number.DisplayNumber ?? number.Id, EvidenceOf(number));
        string[] proposals =
        [
            .. NotAvailable(number)
                .OrderByDescending(entity => string.Equals(entity.CanSendMessage, "BLOCKED", StringComparison.OrdinalIgnoreCase))
                .SelectMany(entity => entity.Errors)
                .Select(error => error.PossibleSolution)
                .OfType<string>()
                .Distinct(),
        ];
        if (proposals.Length > 0)
        {
            a.Mend(kind, n => RemedySteps.DoWhatMetaProposes(n, proposals));
        }
    }

    private static IEnumerable<SendingEntity> NotAvailable(PhoneNumber number) =>
        number.Health!.Entities.Where(entity => !string.Equals(entity.CanSendMessage, "AVAILABLE", StringComparison.OrdinalIgnoreCase));

    private static Evidence[] EvidenceOf(PhoneNumber number) =>
    [
        new Evidence("Phone number", number.DisplayNumber is { } display ? $"{display} ({number.Id})" : number.Id),
        .. from entity in NotAvailable(number)
           from evidence in EvidenceOf(entity)
           select evidence,
    ];

    private static IEnumerable<Evidence> EvidenceOf(SendingEntity entity)
    {
        yield return entity.CanSendMessage?.ToUpperInvariant() switch
        {
            "BLOCKED" => new Evidence("Blocked", NameOf(entity)),
            "LIMITED" => new Evidence("Limited", NameOf(entity)),
            { } other => new Evidence("Not available", $"{NameOf(entity)}: {other}"),
            null => new Evidence("Not said", NameOf(entity)),
        };
        foreach (var error in entity.Errors)
        {
            yield return new Evidence($"Error {error.Code}".TrimEnd(), error.Description ?? "no description");
            if (error.PossibleSolution is { } solution)
            {
                yield return new Evidence("Meta proposes", solution);
            }
        }

        foreach (var info in entity.AdditionalInfo)
        {
            yield return new Evidence("Note", info);
        }
    }

    private static string NameOf(SendingEntity entity) => (entity.EntityType?.ToUpperInvariant() switch
    {
        "PHONE_NUMBER" => "the phone number",
        "WABA" => "the WhatsApp account",
        "BUSINESS" => "the business portfolio",
        "APP" => "the app",
        { } other => other,
        null => "unnamed",
    } + $" {entity.Id}").TrimEnd();
}
