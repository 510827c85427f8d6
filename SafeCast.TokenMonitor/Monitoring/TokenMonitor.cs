using Microsoft.Extensions.Logging;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Inspection;
using SafeCast.TokenMonitor.Inspection.Graph;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Monitoring;

/// <inheritdoc cref="ITokenMonitor"/>
internal sealed partial class TokenMonitor(
    CheckSettings settings,
    ISecretStore secrets,
    ITokenInspector inspector,
    IEnumerable<INotificationChannel> channels,
    IncidentProcessor processor,
    AlertComposer composer,
    IAlertWording wording,
    CheckMetrics metrics,
    MonitoredSecrets monitoredSecrets,
    NewVersionGate newVersions,
    TimeProvider time,
    ILogger<TokenMonitor> logger) : ITokenMonitor
{
    private readonly IReadOnlyList<INotificationChannel> _channels = [.. channels];
    private bool _hasWarned;

    private string Origin => wording.Common.Origin(settings.MonitorName, secrets.Name);

    public Task<CheckReport> CheckAsync(CancellationToken cancellationToken) => CheckAsync(notify: true, cancellationToken);

    public Task<CheckReport> CheckWithoutNotifyingAsync(CancellationToken cancellationToken) => CheckAsync(notify: false, cancellationToken);

    public async Task<IReadOnlyList<Delivery>> SendTestAsync(CancellationToken cancellationToken)
    {
        var message = composer.Test(Origin, time.GetUtcNow());
        return await Task.WhenAll(_channels.Select(channel => NotifyAsync(channel, message, cancellationToken))).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TokenStatus>> GetStatusAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(settings.Tokens.Select(async monitored =>
        {
            var name = monitored.Expectation.Name;
            var reading = await processor.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            return new TokenStatus(
                name,
                reading.State,
                processor.NextMessage(reading.State),
                reading.Problem,
                TokenContext.From(monitored.Expectation, secrets.Name, secrets.IsVault));
        })).ConfigureAwait(false);

    public async Task<NewVersionAnswer> CheckAfterNewVersionAsync(string message, CancellationToken cancellationToken)
    {
        switch (NewVersionEvents.Read(message, monitoredSecrets))
        {
            case NewVersionSignal.Ignore { IsOdd: true } odd:
                LogOddEvent(odd.Reason);
                return new NewVersionAnswer.Ignored(odd.Reason);
            case NewVersionSignal.Ignore ignore:
                LogEventIgnored(ignore.Reason);
                return new NewVersionAnswer.Ignored(ignore.Reason);
            case NewVersionSignal.Check check when !await newVersions.ClaimAsync(check.At, cancellationToken).ConfigureAwait(false):
                const string Answered = "a check that started after the event has covered it";
                LogEventIgnored(Answered);
                return new NewVersionAnswer.Ignored(Answered);
            case NewVersionSignal.Check check:
                LogNewVersion(check.SecretName);
                return new NewVersionAnswer.Checked(await CheckAsync(cancellationToken).ConfigureAwait(false));
            case var other:
                throw new InvalidOperationException($"Unknown signal: {other.GetType().Name}.");
        }
    }

    private async Task<CheckReport> CheckAsync(bool notify, CancellationToken cancellationToken)
    {
        LogConfigurationWarnings();
        var start = time.GetTimestamp();
        var startedAt = time.GetUtcNow();

        var channelResults = FindChannelFaultsAsync(cancellationToken);
        var inspections = await InspectAllAsync(remembering: notify, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TokenResult> tokens = [.. inspections.Select((inspected, index) => new TokenResult(
            settings.Tokens[index].Expectation,
            inspected.Inspection,
            Judge(settings.Tokens[index], inspected, SharedWith(inspections, index))))];
        if (notify)
        {
            tokens = await Task.WhenAll(tokens.Zip(inspections, (result, inspected) => ProcessIncidentAsync(result, inspected.State!, cancellationToken))).ConfigureAwait(false);
        }

        var report = new CheckReport
        {
            MonitorName = settings.MonitorName,
            StartedAt = startedAt,
            Duration = time.GetElapsedTime(start),
            Tokens = tokens,
            Channels = await channelResults.ConfigureAwait(false),
        };
        metrics.Record(report, time.GetUtcNow());
        LogReport(report);
        return report;
    }

    private async Task<Inspected[]> InspectAllAsync(bool remembering, CancellationToken cancellationToken)
    {
        var throttled = new ThrottledApps();
        var inspected = new Inspected[settings.Tokens.Count];
        await Parallel.ForAsync(
            0,
            settings.Tokens.Count,
            new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken },
            async (index, token) => inspected[index] = await InspectAsync(settings.Tokens[index].Expectation, throttled, remembering, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        return inspected;
    }

    // The state is read while the token is inspected. If another run changes it in between, the write conflicts and it is read again.
    private async Task<Inspected> InspectAsync(TokenExpectation expectation, ThrottledApps throttled, bool remembering, CancellationToken cancellationToken)
    {
        var state = remembering ? processor.ReadAsync(expectation.Name, cancellationToken) : null;
        try
        {
            var inspection = await inspector.InspectAsync(expectation, throttled, cancellationToken).ConfigureAwait(false);
            return new Inspected(inspection, null, state)
            {
                // A token that is no longer valid may not state its system user. The state has the one from the last check that got an
                // answer.
                LastSystemUser = state is not null && inspection.Me?.Value is null ? (await state.ConfigureAwait(false)).State.SystemUser : null,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        // An unexpected error shows nothing about the token. The other tokens are still checked.
        catch (Exception e)
        {
            return new Inspected(null, Describe(e, $"inspecting token {expectation.Name}"), state);
        }
    }

    // Processing the incidents may fail unexpectedly. An alert may then be missing, and the report contains the failure.
    private async Task<TokenResult> ProcessIncidentAsync(TokenResult judged, Task<StateReadResult> state, CancellationToken cancellationToken)
    {
        var name = judged.Expectation.Name;
        try
        {
            var seen = new Observation(judged.Assessment, judged.Inspection?.Token?.Fingerprint)
            {
                At = judged.Inspection?.At,
                SystemUser = judged.Inspection?.Me?.Value,
            };
            return judged with { IncidentResult = await processor.ProcessAsync(name, await state.ConfigureAwait(false), seen, SendAsync, cancellationToken).ConfigureAwait(false) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            return judged with { IncidentResult = new IncidentResult(TokenState.Empty, [], [], Unread: null, Describe(e, $"processing the incidents of {name}")) };
        }

        Task<Delivery> SendAsync(string channel, Notification notification, CancellationToken token) => NotifyAsync(
            _channels.First(one => one.Name == channel), composer.Compose(notification, ContextOf(judged), Origin, time.GetUtcNow()), token);
    }

    // A check that failed unexpectedly has no facts about the token, but the configuration has.
    private TokenContext ContextOf(TokenResult judged) => judged.Assessment.Context ?? TokenContext.From(judged.Expectation, secrets.Name, secrets.IsVault);

    private TokenAssessment Judge(MonitoredToken monitored, Inspected inspected, IReadOnlyCollection<string> sharedWith)
    {
        var failure = inspected.Failure;
        try
        {
            if (inspected.Inspection is { } inspection)
            {
                return Assessor.Assess(inspection, monitored.Expectation, settings.AssessmentOf(monitored, sharedWith) with { LastSystemUser = inspected.LastSystemUser }, time.GetUtcNow());
            }
        }
        catch (Exception e)
        {
            failure = Describe(e, $"assessing token {monitored.Expectation.Name}");
        }

        return new TokenAssessment(
            monitored.Expectation.Name, [], [new UnknownFact(FactTopic.Everything, UnknownReason.QueryFailed, UnknownCause.Error, failure ?? "The check failed.")]);
    }

    private async Task<Delivery> NotifyAsync(INotificationChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        DeliveryOutcome outcome;
        try
        {
            outcome = await channel.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            outcome = new DeliveryOutcome.Failed(Describe(e, $"sending by {channel.Name}"));
        }

        switch (outcome)
        {
            case DeliveryOutcome.Accepted accepted:
                LogDelivered(channel.Name, message.Subject, accepted.Reference ?? "none");
                break;
            case DeliveryOutcome.Failed failed:
                LogNotDelivered(channel.Name, message.Subject, failed.Reason);
                break;
        }

        return new Delivery(channel.Name, outcome, time.GetElapsedTime(start));
    }

    // A channel that cannot send is reported before there is an alert to send.
    private async Task<IReadOnlyList<ChannelResult>> FindChannelFaultsAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_channels.Select(async channel =>
        {
            try
            {
                return new ChannelResult(channel.Name, await channel.FindFaultAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                return new ChannelResult(channel.Name, Describe(e, $"checking {channel.Name}"));
            }
        })).ConfigureAwait(false);

    private string[] SharedWith(Inspected[] inspections, int index) =>
        inspections[index].Inspection?.Token is { } token
            ? [.. settings.Tokens
                .Where((_, other) => other != index && token.Equals(inspections[other].Inspection?.Token))
                .Select(other => other.Expectation.Name)]
            : [];

    // The exception itself is not logged: its message may quote the data that caused it.
    private string Describe(Exception e, string doing)
    {
        var text = $"{e.GetType().Name}: {UntrustedText.Clean(e.Message)}";
        LogUnforeseen(doing, text, e.StackTrace ?? "");
        return $"Unexpected error, please report it: {text}";
    }

    private void LogConfigurationWarnings()
    {
        if (Interlocked.Exchange(ref _hasWarned, true))
        {
            return;
        }

        foreach (var warning in settings.Warnings)
        {
            LogConfigurationWarning(warning);
        }
    }

    private void LogReport(CheckReport report)
    {
        foreach (var token in report.Tokens)
        {
            LogVerdict(
                token.Expectation.Name,
                token.Assessment.Verdict,
                token.Inspection?.Token?.Fingerprint ?? "none",
                string.Join(", ", token.Assessment.Open.Select(finding => finding.Id)),
                string.Join(", ", token.IncidentResult?.Reasons ?? []),
                string.Join("; ", token.Assessment.FailedQueries.Select(unknown => $"{unknown.Topic}: {wording.Describe(unknown).Why}")));
        }

        foreach (var channel in report.Channels.Where(channel => channel.Fault is not null))
        {
            LogChannelFault(channel.Name, channel.Fault!);
        }

        int Count(Verdict verdict) => report.Tokens.Count(token => token.Assessment.Verdict == verdict);
        LogCheckCompleted(
            report.Tokens.Count, Count(Verdict.Healthy), Count(Verdict.AtRisk), Count(Verdict.Broken), Count(Verdict.Unknown), report.Duration.TotalMilliseconds);
    }

    private sealed record Inspected(TokenInspection? Inspection, string? Failure, Task<StateReadResult>? State)
    {
        public Identity? LastSystemUser { get; init; }
    }

    [LoggerMessage(10, LogLevel.Information, "Check completed: {Tokens} tokens, {Healthy} healthy, {AtRisk} at risk, {Broken} broken, {Unknown} unknown, in {ElapsedMilliseconds:0} ms", EventName = "CheckCompleted")]
    private partial void LogCheckCompleted(int tokens, int healthy, int atRisk, int broken, int unknown, double elapsedMilliseconds);

    [LoggerMessage(11, LogLevel.Information, "Token {TokenName} is {Verdict}; fingerprint {Fingerprint}; findings: {Findings}; notification reasons: {Reasons}; unknown: {Unknowns}", EventName = "TokenChecked")]
    private partial void LogVerdict(string tokenName, Verdict verdict, string fingerprint, string findings, string reasons, string unknowns);

    [LoggerMessage(12, LogLevel.Information, "Message delivered by {Channel}: {Subject} (reference {Reference})", EventName = "Delivered")]
    private partial void LogDelivered(string channel, string subject, string reference);

    [LoggerMessage(13, LogLevel.Error, "Message not delivered by {Channel}: {Subject}. {Reason}", EventName = "DeliveryFailed")]
    private partial void LogNotDelivered(string channel, string subject, string reason);

    [LoggerMessage(14, LogLevel.Error, "Channel {Channel} cannot send: {Fault}", EventName = "ChannelUnusable")]
    private partial void LogChannelFault(string channel, string fault);

    [LoggerMessage(21, LogLevel.Warning, "{Warning}", EventName = "ConfigurationWarning")]
    private partial void LogConfigurationWarning(string warning);

    [LoggerMessage(17, LogLevel.Information, "Secret {SecretName} has a new version; check started", EventName = "NewVersion")]
    private partial void LogNewVersion(string secretName);

    [LoggerMessage(18, LogLevel.Information, "Key Vault event ignored, no check needed: {Reason}", EventName = "NewVersionIgnored")]
    private partial void LogEventIgnored(string reason);

    [LoggerMessage(19, LogLevel.Warning, "Invalid Key Vault event ignored: {Reason}", EventName = "NewVersionInvalid")]
    private partial void LogOddEvent(string reason);

    [LoggerMessage(15, LogLevel.Error, "Unexpected error while {Doing}: {Error}\n{Stack}", EventName = "UnexpectedError")]
    private partial void LogUnforeseen(string doing, string error, string stack);
}
