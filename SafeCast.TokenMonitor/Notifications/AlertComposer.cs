using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Inspection;

namespace SafeCast.TokenMonitor.Notifications;

/// <summary>From what was found to what people are told. Pure.</summary>
internal static class AlertComposer
{
    // Lock screens and mail lists cut subjects; SendGrid and mail programs take more than anybody reads.
    private const int LongestSubject = 150;

    /// <summary>The message for a token's open findings.</summary>
    public static AlertMessage Findings(TokenInspection inspection, TokenAssessment assessment, string monitorName)
    {
        AlertSection[] sections = [.. assessment.Open.Select(finding => Section(assessment.TokenName, finding))];
        var lead = sections[0];
        var others = sections.Length switch
        {
            1 => "",
            2 => " (and one more finding)",
            var count => $" (and {count - 1} more findings)",
        };
        return new AlertMessage
        {
            Kind = AlertKind.Findings,
            Severity = lead.Severity,
            TokenName = assessment.TokenName,
            Subject = Shortened($"{lead.Severity}: {lead.Title}", LongestSubject - others.Length) + others,
            At = inspection.At,
            Sections = sections,
            Facts = [.. Facts(inspection)],
            Unknowns = [.. assessment.Gaps.Where(gap => gap.Kind is GapKind.CouldNotFindOut).Select(gap => $"Not known: {gap.What}. {gap.Why}")],
            Origin = $"{monitorName}, reading from {inspection.SecretStore}",
            Next = "The token is checked again at the next hourly check; what is still wrong then is told again.",
        };
    }

    /// <summary>A message that says it is only a test.</summary>
    public static AlertMessage Test(string monitorName, string secretStore, DateTimeOffset now) => new()
    {
        Kind = AlertKind.Test,
        Subject = "Test: the WhatsApp token monitor reaches you",
        At = now,
        Sections =
        [
            new AlertSection(
                Id: null,
                Severity: null,
                "This is a test. No token is broken.",
                "If you can read this, alerts about your WhatsApp tokens reach you here.",
                [new RemedyStep("Nothing to do. If an alert should not come here, change the monitor's settings.")],
                []),
        ],
        Origin = $"{monitorName}, reading from {secretStore}",
        Next = "The monitor speaks again when it finds something.",
    };

    private static AlertSection Section(string tokenName, Finding finding) => new(
        finding.Id, finding.Severity, $"WhatsApp token \"{tokenName}\" {finding.Predicate}", finding.Impact, finding.Remedy, finding.Evidence);

    private static IEnumerable<Evidence> Facts(TokenInspection inspection)
    {
        if (inspection.Token is { } token)
        {
            yield return new Evidence("Fingerprint", token.Fingerprint);
        }

        if (inspection.Debug?.Value is { } debug)
        {
            if (debug.AppId is { } app)
            {
                yield return new Evidence("App", debug.AppName is { } name ? $"{name} ({app})" : app);
            }

            if (debug.Type is { } type)
            {
                yield return new Evidence("Type", type);
            }

            if (debug.IssuedAt is { } issued)
            {
                yield return new Evidence("Issued", TimeText.Moment(issued));
            }
        }

        if (inspection.Me?.Value is { } me)
        {
            yield return new Evidence(inspection.Debug?.Value?.Type?.ToUpperInvariant() is "USER" or "PAGE" or "APP" ? "Speaks for" : "System user", me.Name is { } name ? $"{name} ({me.Id})" : me.Id);
        }

        yield return new Evidence("Rests on", inspection.Basis switch
        {
            InspectionBasis.App => "what Graph told the token's app",
            InspectionBasis.SelfInspection => "what Graph told the token about itself",
            InspectionBasis.TokenItself => "what the token can still do",
            _ => $"what {inspection.SecretStore} says",
        });
    }

    private static string Shortened(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Never between the two halves of one character.
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
