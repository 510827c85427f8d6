using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications;

/// <summary>The messages that the channels' tests send.</summary>
internal static class Messages
{
    public const string Monitor = "function app func-contoso-tokenmonitor";

    public const string Origin = $"{Monitor}, reading from {Store}";

    /// <summary>What somebody who wants to do harm, or only has a strange name, can put into a text.</summary>
    public const string Hostile =
        "</td><script>alert('1')</script> & \"quotes\" **bold** __so__ _so_ `code` ~~no~~ # [click](https://evil.example) \\ \u202Eelttil\u202C \u05E9\u05DC\u05D5\u05DD 😀";

    public static AlertMessage OneFinding { get; } = Of(Healthy.Dead(Error(190, 466, "Error validating access token: The session was revoked.")));

    public static AlertMessage SeveralFindings { get; } = Of(Healthy
        .Debug(d => d with { Type = "USER", Scopes = ["whatsapp_business_management"], GranularScopes = null })
        .Health("BLOCKED", new SendingEntity(
            "WABA", AccountId, "BLOCKED", [new SendingError("141006", "There is an error with the payment method.", "Please add a new payment method.")], []))
        .Seen(i => i with { Owner = NoAnswer() }));

    public static AlertMessage Test { get; } = AlertComposer.Test(Origin, Now);

    /// <summary>Every value that can come from outside is hostile, and comes as it is, though the product would have cleaned it.</summary>
    public static AlertMessage HostileTexts { get; } = Of(Healthy
        .Debug(d => d with { AppId = Hostile, AppName = Hostile, Type = Hostile })
        .Health("BLOCKED", new SendingEntity(Hostile, Hostile, Hostile, [new SendingError(Hostile, Hostile, Hostile)], [Hostile]))
        .Seen(i => i with
        {
            Me = new Identity(Hostile, Hostile),
            BusinessAccount = Error(100, 33, Hostile),
            Owner = GraphError.NoAnswer(Hostile),
        }));

    /// <summary>The message of a first check that sees this.</summary>
    public static AlertMessage Of(Situation situation)
    {
        var seen = new Observation(situation.Assess(), situation.Inspection.Token?.Fingerprint, TokenFacts.Of(situation.Inspection));
        var plan = IncidentPlanner.Plan(TokenMemory.Empty, "production", seen, Now, new IncidentSettings { Channels = ["e-mail"] });
        return AlertComposer.Compose(Assert.Single(plan.Next.Owed), "production", Origin, Now);
    }

    /// <summary>A message of so many findings, with so many characters in each of its texts.</summary>
    public static AlertMessage Large(int sections, int evidence, int length, string character) => OneFinding with
    {
        Sections =
        [
            .. from section in Enumerable.Range(1, sections)
               let text = string.Concat(Enumerable.Repeat(character, length))
               select new AlertSection(
                   "token-revoked",
                   Severity.Critical,
                   $"Finding {section} {text}",
                   $"Impact {section} {text}",
                   [.. Enumerable.Range(1, 4).Select(step => new RemedyStep($"Step {section}.{step} {text}"))],
                   [.. Enumerable.Range(1, evidence).Select(item => new Evidence($"Fact {section}.{item}", text))]),
        ],
    };
}
