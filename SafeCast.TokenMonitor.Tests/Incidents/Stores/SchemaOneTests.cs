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

        Assert.Equal([Decision.ReminderNotDue], plan.Decisions);
        Assert.Equal("production-incident-20261122T030700Z", plan.Next.Incident!.Id);
        Assert.Equal([FindingKind.ScopeMissing, FindingKind.TokenExpires], plan.Next.Incident.Findings.Select(one => one.Finding.Kind));
        Assert.Equal(Now.AddDays(6), plan.Next.Incident.Findings[1].Finding.Deadline);
    }

    [Fact]
    public async Task A_finding_that_is_gone_is_resolved_as_usual()
    {
        var plan = Plan(await ReadAsync(), Healthy, TimeSpan.FromHours(1));

        Assert.Equal([Decision.IncidentResolved], plan.Decisions);
        Assert.Equal([FindingKind.ScopeMissing, FindingKind.TokenExpires], plan.Next.Owed[^1].Mended.Select(finding => finding.Kind));
    }

    [Fact]
    public async Task A_pending_message_is_still_delivered_to_the_channel_that_did_not_accept_it()
    {
        var pending = Assert.Single((await ReadAsync()).Owed);

        var message = Messages.Compose(pending);

        Assert.Equal(["Teams"], pending.OwedTo);
        Assert.Equal("[Critical] WhatsApp token \"production\" is missing the scope (+1 more finding)", message.Subject);
        Assert.Equal(["scope-missing", "token-expires"], message.Sections.Select(section => section.Id));
        Assert.Contains(new LabelledValue("Missing", "whatsapp_business_messaging"), message.Sections[0].Evidence);
        Assert.Contains(message.Sections[0].Steps, step => step.Text.Contains("tokenmonitor store --token production", StringComparison.Ordinal));
        Assert.NotEmpty(SafeCast.TokenMonitor.Notifications.Teams.TeamsCard.Render(message));
    }

    [Fact]
    public async Task It_is_written_back_in_the_current_schema()
    {
        var documents = Documents();
        var store = new MemoryStore(documents);
        var reading = await store.ReadAsync("production", CancellationToken.None);

        await store.WriteAsync("production", reading.Memory, reading.Version, CancellationToken.None);

        Assert.Contains("\"schemaVersion\": 2", documents["production"], StringComparison.Ordinal);
        Assert.DoesNotContain("predicate", documents["production"], StringComparison.Ordinal);
        Assert.True(MemoryStore.AreAlike(reading.Memory, (await store.ReadAsync("production", CancellationToken.None)).Memory));
    }

    private static IncidentPlan Plan(TokenMemory memory, Situation situation, TimeSpan later) => IncidentPlanner.Plan(
        memory,
        "production",
        new Observation(situation.Assess(), situation.Inspection.Token?.Fingerprint) { At = Now + later, SystemUser = situation.Inspection.Me?.Value },
        Now + later,
        Settings);

    private static async Task<TokenMemory> ReadAsync()
    {
        var reading = await new MemoryStore(Documents()).ReadAsync("production", CancellationToken.None);
        Assert.Null(reading.Trouble);
        return reading.Memory;
    }

    private static FakeDocumentStore Documents() =>
        new() { ["production"] = Repository.Read("SafeCast.TokenMonitor.Tests/Incidents/Stores/Samples/schema-1.json") };
}
