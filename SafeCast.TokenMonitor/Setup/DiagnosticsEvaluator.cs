using System.Globalization;
using NCrontab;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Setup;

/// <summary>Evaluates the facts of the diagnostics. A pure function.</summary>
internal static class DiagnosticsEvaluator
{
    // Expiry dates and reminders depend on the clock of this machine. The clocks of virtual machines may differ by a minute.
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ExpirySoon = TimeSpan.FromDays(90);

    // As announced by Meta. Requests to an expired version do not fail: the oldest available version answers.
    private static readonly Dictionary<string, DateTimeOffset?> GraphVersionExpiries = new()
    {
        ["v25.0"] = new DateTimeOffset(2028, 7, 29, 0, 0, 0, TimeSpan.Zero),
    };

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
            yield return Clock("vault-clock", "The clock of this machine agrees with the vault", "the clock of the vault", VaultSkew(facts));
        }

        yield return Clock(
            "graph-clock",
            "The clock of this machine agrees with Graph",
            "the clock of Graph",
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
            yield return CheckedStep.Skipped("channels", "Alerts can be sent", "No channel is configured, so no alerts are sent.");
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
            return [CheckedStep.Unknown("secret", "The token can be inspected", string.Join(" ", token.Assessment.Unknowns.Select(unknown => wording.Describe(unknown).Why)))];
        }

        var stored = facts.Statuses.FirstOrDefault(status => status.TokenName == token.Expectation.Name)?.State.SystemUser;
        var app = facts.AppOnlyInspections.GetValueOrDefault(token.Expectation.Name);
        return Checklist.Of(
            app?.Inspection ?? inspection,
            token.Expectation,
            app?.Assess(token.Expectation, token.Assessment, facts.Now) ?? token.Assessment,
            stored,
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
                Id, Title, unreachable.Reason, "Check that TokenMonitor__VaultUri is the address of your vault, and that this machine can reach it."),
            _ when readings.All(reading => reading is null) => CheckedStep.Unknown(Id, Title, "Nothing could be read."),
            _ => CheckedStep.Pass(Id, Title, $"From {facts.SecretStore}."),
        };
    }

    private static CheckedStep Identity(VaultIdentity identity)
    {
        const string Id = "vault-identity";
        const string Title = "The monitor is signed in to the vault";
        return identity switch
        {
            VaultIdentity.SignedIn(var name) => CheckedStep.Pass(Id, Title, $"As {name}."),
            VaultIdentity.Nameless => CheckedStep.Skipped(Id, Title, "Signed in. The access token does not state the name of the identity."),
            VaultIdentity.NotSignedIn(var reason) => CheckedStep.Fail(
                Id, Title, $"Could not sign in: {reason}", "On your machine, run \"az login\". On Azure, check that the app has its identity and that AZURE_CLIENT_ID is its client ID."),
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
        null => CheckedStep.Unknown(id, title, "No answer stated the time.").AsWarning(),
        { } apart when apart.Duration() <= MostSkew => CheckedStep.Pass(id, title, $"Within {(apart.Duration() < TimeSpan.FromSeconds(2) ? "2 seconds" : TimeText.Span(apart))}."),
        { } apart => CheckedStep.Fail(
            id,
            title,
            $"The clock of this machine is {TimeText.Span(apart)} {(apart > TimeSpan.Zero ? "behind" : "ahead of")} {whose}.",
            "Synchronize the clock of this machine over the network. Expiry dates, reminders and sign-ins depend on it.").AsWarning(),
    };

    private static CheckedStep GraphVersion(string version, DateTimeOffset now)
    {
        const string Id = "graph-version-expiry";
        const string Title = "The Graph version does not expire soon";
        return GraphVersionExpiries.GetValueOrDefault(version) switch
        {
            null => CheckedStep.Skipped(Id, Title, $"This monitor does not know when {version} expires. Meta supports a version for at least two years; see its changelog."),
            { } end when end > now + ExpirySoon => CheckedStep.Pass(Id, Title, $"{version} is available until {TimeText.Moment(end)}."),
            { } end => CheckedStep.Fail(
                Id,
                Title,
                $"{version} {(end > now ? "expires" : "expired")} {TimeText.Relative(end, now)}.",
                "Set TokenMonitor__Graph__Version to a current version, and check which version your integration uses.").AsWarning(),
        };
    }

    private static CheckedStep State(DiagnosticsFacts facts)
    {
        const string Id = "state";
        const string Title = "The state can be stored";
        var undecodable = facts.Statuses.Select(status => status.Problem).OfType<string>().FirstOrDefault();
        return facts switch
        {
            { StateProblem: { } trouble } => CheckedStep.Fail(Id, Title, trouble, "Until this is fixed, every check repeats all alerts."),
            _ when undecodable is not null => CheckedStep.Fail(Id, Title, undecodable),
            _ => CheckedStep.Pass(Id, Title, $"In {facts.StateStore}: a test document was written, read and deleted."),
        };
    }

    private static CheckedStep Channel(ChannelResult channel, DiagnosticsFacts facts)
    {
        var (id, title) = ($"channel-{channel.Name.ToLowerInvariant()}", $"Alerts can be sent by {channel.Name}");
        var sent = facts.TestMessages?.FirstOrDefault(delivery => delivery.Channel == channel.Name);
        return (channel.Fault, sent?.Outcome, facts.ChannelKeys.GetValueOrDefault(channel.Name)) switch
        {
            ({ } fault, _, _) => CheckedStep.Fail(id, title, fault),
            (_, DeliveryOutcome.Failed failed, _) => CheckedStep.Fail(id, title, failed.Reason),
            (_, DeliveryOutcome.Accepted, _) => CheckedStep.Pass(id, title, "It accepted a test message. Check that you received it."),
            (_, _, SecretReading.Refused refused) => CheckedStep.Unknown(id, title, refused.Reason),
            (_, _, SecretReading.Unreachable unreachable) => CheckedStep.Unknown(id, title, unreachable.Reason),
            _ => CheckedStep.Pass(id, title, "Its key is in place. Add --send to test it."),
        };
    }

    private static CheckedStep Schedule(string? expression, DateTimeOffset now)
    {
        const string Id = "schedule";
        const string Title = "The check is scheduled";
        if (expression is null)
        {
            return CheckedStep.Skipped(Id, Title, "TOKEN_MONITOR_SCHEDULE is not set here, so the check runs only on demand.");
        }

        // The expression was validated with the settings.
        var schedule = CrontabSchedule.Parse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        var times = schedule.GetNextOccurrences(now.UtcDateTime, now.UtcDateTime.AddYears(5)).Take(3)
            .Select(time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)).ToList();
        return times.Count == 0
            ? CheckedStep.Fail(Id, Title, $"\"{expression}\" has no occurrence in the next five years.", "Set TOKEN_MONITOR_SCHEDULE to, for example, 0 7 * * * *.")
            : CheckedStep.Pass(Id, Title, $"Next at {string.Join(", ", times)} UTC.");
    }
}
