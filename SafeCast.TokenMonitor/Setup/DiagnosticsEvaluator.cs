using System.Globalization;
using NCrontab;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>What an examination's facts mean. A pure function.</summary>
internal static class DiagnosticsEvaluator
{
    // Tokens' ends and people's reminders are told by this machine's clock. A minute comes and goes on virtual machines.
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LapseIsNear = TimeSpan.FromDays(90);

    public static DiagnosticsReport Report(DiagnosticsFacts facts, IAlertWording wording)
    {
        string[] unread = [.. facts.Check.Tokens
            .Where(token => token.Inspection?.Secret is null or SecretReading.Refused or SecretReading.Unreachable)
            .Select(token => token.Expectation.Name)];
        return new DiagnosticsReport
        {
            MonitorName = facts.Check.MonitorName,
            At = facts.Check.StartedAt,
            Connections = [.. Connections(facts)],
            Alerting = [.. Alerting(facts)],
            Tokens = [.. facts.Check.Tokens.Select(token => new TokenSteps(
                token.Expectation.Name, token.Inspection?.Token?.Fingerprint, Steps(token, facts, [.. unread.Where(name => name != token.Expectation.Name)], wording)))],
        };
    }

    private static IEnumerable<CheckedStep> Connections(DiagnosticsFacts facts)
    {
        yield return Vault(facts);
        if (facts.Identity is { } identity)
        {
            yield return Identity(identity);
            yield return Clock("vault-clock", "This machine's clock agrees with the vault's", "the vault's", VaultSkew(facts));
        }

        yield return Clock(
            "graph-clock",
            "This machine's clock agrees with Graph's",
            "Graph's",
            facts.Check.Tokens.Select(token => token.Inspection).Concat(facts.AppOnlyInspections.Values.Select(app => app.Inspection))
                .Select(inspection => inspection?.ClockSkew)
                .FirstOrDefault(skew => skew is not null));
        yield return GraphVersion(facts.Settings.GraphVersion, facts.Now);
    }

    private static IEnumerable<CheckedStep> Alerting(DiagnosticsFacts facts)
    {
        yield return State(facts);
        if (facts.Check.Channels.Count == 0)
        {
            yield return CheckedStep.Skipped("channels", "Somebody is told", "No channel is configured: nobody hears of anything.");
        }

        foreach (var channel in facts.Check.Channels)
        {
            yield return Channel(channel, facts);
        }

        yield return Schedule(facts.Settings.Schedule, facts.Now);
    }

    private static IReadOnlyList<CheckedStep> Steps(TokenResult token, DiagnosticsFacts facts, IReadOnlyCollection<string> notCompared, IAlertWording wording)
    {
        if (token.Inspection is not { } inspection)
        {
            return [CheckedStep.Unknown("secret", "It can be inspected", string.Join(" ", token.Assessment.Unknowns.Select(unknown => wording.Describe(unknown).Why)))];
        }

        var remembered = facts.Remembered.FirstOrDefault(status => status.TokenName == token.Expectation.Name)?.State.SystemUser;
        var app = facts.AppOnlyInspections.GetValueOrDefault(token.Expectation.Name);
        return Checklist.Of(
            app?.Inspection ?? inspection,
            token.Expectation,
            app?.Assess(token.Expectation, token.Assessment, facts.Now) ?? token.Assessment,
            new TokenBefore(remembered?.Id, remembered?.Name),
            notCompared,
            app is null ? ChecklistSubject.StoredToken : ChecklistSubject.NoToken,
            wording,
            facts.Now);
    }

    private static CheckedStep Vault(DiagnosticsFacts facts)
    {
        const string Id = "vault";
        const string Title = "The secrets can be read";
        var readings = facts.Check.Tokens.Select(token => token.Inspection?.Secret).Concat(AppSecrets(facts)).Concat(facts.ChannelKeys.Values).ToList();
        return readings switch
        {
            _ when readings.OfType<SecretReading.Refused>().FirstOrDefault() is { } refused => CheckedStep.Fail(Id, Title, refused.Reason),
            _ when readings.OfType<SecretReading.Unreachable>().FirstOrDefault() is { } unreachable => CheckedStep.Unknown(
                Id, Title, unreachable.Reason, "See that TokenMonitor__VaultUri is your vault's, and that this machine reaches it."),
            _ when readings.All(reading => reading is null) => CheckedStep.Unknown(Id, Title, "Nothing could be read."),
            _ => CheckedStep.Pass(Id, Title, $"From {facts.SecretStore}."),
        };
    }

    private static CheckedStep Identity(VaultIdentity identity)
    {
        const string Id = "vault-identity";
        const string Title = "The vault knows who asks";
        return identity switch
        {
            VaultIdentity.SignedIn(var name) => CheckedStep.Pass(Id, Title, $"As {name}."),
            VaultIdentity.Nameless => CheckedStep.Skipped(Id, Title, "Signed in; the access token does not say as whom."),
            VaultIdentity.NotSignedIn(var reason) => CheckedStep.Fail(
                Id, Title, $"Could not sign in: {reason}", "At a terminal, run \"az login\". On Azure, see that the app has its identity, and AZURE_CLIENT_ID names it."),
            _ => throw new InvalidOperationException($"Unknown identity: {identity.GetType().Name}."),
        };
    }

    private static IEnumerable<SecretReading> AppSecrets(DiagnosticsFacts facts) => facts.AppOnlyInspections.Values.Select(app => app.Secret).OfType<SecretReading>();

    private static TimeSpan? VaultSkew(DiagnosticsFacts facts) => facts.Check.Tokens
        .Select(token => token.Inspection?.Secret)
        .Concat(AppSecrets(facts))
        .Concat(facts.ChannelKeys.Values)
        .Select(reading => reading switch
        {
            SecretReading.Found found => found.Attributes.ClockSkew,
            SecretReading.Malformed malformed => malformed.Attributes.ClockSkew,
            _ => null,
        })
        .FirstOrDefault(skew => skew is not null);

    private static CheckedStep Clock(string id, string title, string whose, TimeSpan? skew) => skew switch
    {
        null => CheckedStep.Unknown(id, title, "No answer said what time it is.").AsWarning(),
        { } apart when apart.Duration() <= MostSkew => CheckedStep.Pass(id, title, $"Within {(apart.Duration() < TimeSpan.FromSeconds(2) ? "2 seconds" : TimeText.Span(apart))}."),
        { } apart => CheckedStep.Fail(
            id,
            title,
            $"This machine's clock is {TimeText.Span(apart)} {(apart > TimeSpan.Zero ? "behind" : "ahead of")} {whose}.",
            "Let the machine set its clock by the network; expiry dates, reminders and sign-ins go by it.").AsWarning(),
    };

    private static CheckedStep GraphVersion(string version, DateTimeOffset now)
    {
        const string Id = "graph-lapse";
        const string Title = "The Graph version lasts";
        return GraphVersions.EndOf(version) switch
        {
            null => CheckedStep.Skipped(Id, Title, $"When {version} lapses is not known here. Meta gives a version two years or more; see the changelog."),
            { } end when end > now + LapseIsNear => CheckedStep.Pass(Id, Title, $"{version} lasts until {TimeText.Moment(end)}."),
            { } end => CheckedStep.Fail(
                Id,
                Title,
                $"{version} {(end > now ? "lapses" : "lapsed")} {TimeText.Relative(end, now)}.",
                "Set TokenMonitor__Graph__Version to a current version, and see which one your integration uses.").AsWarning(),
        };
    }

    private static CheckedStep State(DiagnosticsFacts facts)
    {
        const string Id = "state";
        const string Title = "What was told can be remembered";
        var undecodable = facts.Remembered.Select(status => status.Trouble).OfType<string>().FirstOrDefault();
        return facts switch
        {
            { StateTrouble: { } trouble } => CheckedStep.Fail(Id, Title, trouble, "Until it is mended, everything is told again at each check."),
            _ when undecodable is not null => CheckedStep.Fail(Id, Title, undecodable),
            _ => CheckedStep.Pass(Id, Title, $"In {facts.StateStore}: written, read and deleted a probe."),
        };
    }

    private static CheckedStep Channel(ChannelResult channel, DiagnosticsFacts facts)
    {
        var (id, title) = ($"channel-{channel.Name.ToLowerInvariant()}", $"People are told by {channel.Name}");
        var sent = facts.TestMessages?.FirstOrDefault(delivery => delivery.Channel == channel.Name);
        return (channel.Fault, sent?.Outcome, facts.ChannelKeys.GetValueOrDefault(channel.Name)) switch
        {
            ({ } fault, _, _) => CheckedStep.Fail(id, title, fault),
            (_, DeliveryOutcome.Failed failed, _) => CheckedStep.Fail(id, title, failed.Reason),
            (_, DeliveryOutcome.Accepted, _) => CheckedStep.Pass(id, title, "It took a test message: see that it arrived."),
            (_, _, SecretReading.Refused refused) => CheckedStep.Unknown(id, title, refused.Reason),
            (_, _, SecretReading.Unreachable unreachable) => CheckedStep.Unknown(id, title, unreachable.Reason),
            _ => CheckedStep.Pass(id, title, "Its key is there; --send proves that it works."),
        };
    }

    private static CheckedStep Schedule(string? expression, DateTimeOffset now)
    {
        const string Id = "schedule";
        const string Title = "The check runs by itself";
        if (expression is null)
        {
            return CheckedStep.Skipped(Id, Title, "No TOKEN_MONITOR_SCHEDULE is set here: it runs when somebody runs it.");
        }

        // The settings were read, so it is a schedule.
        var schedule = CrontabSchedule.Parse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        var times = schedule.GetNextOccurrences(now.UtcDateTime, now.UtcDateTime.AddYears(5)).Take(3)
            .Select(time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).ToList();
        return times.Count == 0
            ? CheckedStep.Fail(Id, Title, $"\"{expression}\" names no moment in the next five years.", "Set TOKEN_MONITOR_SCHEDULE to, for example, 0 7 * * * *.")
            : CheckedStep.Pass(Id, Title, $"Next at {string.Join(", ", times)} UTC.");
    }
}
