using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Notifications;
using SafeCast.TokenMonitor.Tests.Support;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Incidents.Stores;

/// <summary>
/// A state document as version 0.1 wrote it: an open incident with two findings, of which e-mail accepted the message and Teams did not.
/// </summary>
public sealed class SchemaOneTests
{
    private static readonly Situation Same = Healthy.Debug(d => d with
    {
        Scopes = ["whatsapp_business_management"],
        GranularScopes = null,
        ExpiresAt = SafeCast.TokenMonitor.Inspection.Graph.GraphExpiry.At(Now.AddDays(6)),
    });

    private static readonly IncidentSettings Settings = new() { Channels = ["e-mail", "Teams"] };

    [Fact]
    public async Task An_open_incident_continues_without_a_second_alert()
    {
        var plan = Plan(await ReadAsync(), Same, TimeSpan.FromHours(1));

        Assert.Equal([NotificationReason.ReminderNotDue], plan.Reasons);
        Assert.Equal("production-incident-20261122T030700Z", plan.Next.Incident!.Id);
        Assert.Equal([FindingKind.ScopeMissing, FindingKind.TokenExpires], plan.Next.Incident.Findings.Select(one => one.Finding.Kind));
        Assert.Equal(Now.AddDays(6), plan.Next.Incident.Findings[1].Finding.Deadline);
    }

    [Fact]
    public async Task A_finding_that_is_gone_is_resolved_as_usual()
    {
        var plan = Plan(await ReadAsync(), Healthy, TimeSpan.FromHours(1));

        Assert.Equal([NotificationReason.IncidentResolved], plan.Reasons);
        Assert.Equal([FindingKind.ScopeMissing, FindingKind.TokenExpires], plan.Next.PendingNotifications[^1].Resolved.Select(finding => finding.Kind));
    }

    [Fact]
    public async Task A_pending_message_is_still_delivered_to_the_channel_that_did_not_accept_it()
    {
        var pending = Assert.Single((await ReadAsync()).PendingNotifications);

        var message = Messages.Compose(pending);

        Assert.Equal(["Teams"], pending.PendingChannels);
        Assert.Equal("[Critical] WhatsApp token \"production\" is missing the scope (+1 more finding)", message.Subject);
        Assert.Equal(["scope-missing", "token-expires"], message.Sections.Select(section => section.Id));
        Assert.Contains(new LabelledValue("Missing", "whatsapp_business_messaging"), message.Sections[0].Evidence);
        Assert.Contains(message.Sections[0].Steps, step => step.Text.Contains("tokenmonitor store --token production", StringComparison.Ordinal));
        Assert.NotEmpty(SafeCast.TokenMonitor.Notifications.Teams.TeamsCard.Render(message));
    }

    [Fact]
    public async Task A_channel_that_failed_is_still_known_to_fail() =>
        Assert.Equal(("Teams", 1), Assert.Single((await ReadAsync()).Failing.Select(channel => (channel.Key, channel.Value.Checks))));

    [Theory]
    [InlineData("Opened", NotificationKind.Opened)]
    [InlineData("Blind", NotificationKind.MonitorDown)]
    [InlineData("BlindReminder", NotificationKind.MonitorDownReminder)]
    [InlineData("SeesAgain", NotificationKind.MonitorRecovered)]
    [InlineData("NewTokenVerified", NotificationKind.NewTokenVerified)]
    [InlineData("ChannelFailing", NotificationKind.ChannelFailing)]
    public async Task Every_kind_of_message_keeps_its_meaning(string before, NotificationKind now)
    {
        var documents = new FakeDocumentStore
        {
            ["production"] = $$$"""
                {"schemaVersion":1,"token":"production","memory":{"owed":[
                  {"kind":"{{{before}}}","incidentId":"one","at":"2026-03-01T12:00:00+00:00","since":"2026-03-01T12:00:00+00:00","owedTo":["email"],
                   "cause":"Teams: answered 404","channel":"Teams","unknowns":["Not known: when it expires. Graph did not say."]}]}}
                """,
        };

        var pending = Assert.Single((await new StateStore(documents).ReadAsync("production", CancellationToken.None)).State.PendingNotifications);

        Assert.Equal(now, pending.Kind);
        Assert.Equal(now is NotificationKind.ChannelFailing ? "Teams: answered 404" : null, pending.ChannelFailure);
        Assert.NotEmpty(Messages.Compose(pending).Unknowns);
    }

    [Fact]
    public async Task It_is_written_back_in_the_current_schema()
    {
        var documents = Documents();
        var store = new StateStore(documents);
        var reading = await store.ReadAsync("production", CancellationToken.None);

        await store.WriteAsync("production", reading.State, reading.Version, CancellationToken.None);

        Assert.Contains("\"schemaVersion\": 2", documents["production"], StringComparison.Ordinal);
        Assert.DoesNotContain("predicate", documents["production"], StringComparison.Ordinal);
        Assert.True(StateStore.AreAlike(reading.State, (await store.ReadAsync("production", CancellationToken.None)).State));
    }

    private static IncidentPlan Plan(TokenState state, Situation situation, TimeSpan later) => IncidentPlanner.Plan(
        state,
        "production",
        new Observation(situation.Assess(), situation.Inspection.Token?.Fingerprint) { At = Now + later, SystemUser = situation.Inspection.Me?.Value },
        Now + later,
        Settings);

    private static async Task<TokenState> ReadAsync()
    {
        var reading = await new StateStore(Documents()).ReadAsync("production", CancellationToken.None);
        Assert.Null(reading.Problem);
        return reading.State;
    }

    private static FakeDocumentStore Documents() =>
        new() { ["production"] = Repository.Read("SafeCast.TokenMonitor.Tests/Incidents/Stores/Samples/schema-1.json") };
}
