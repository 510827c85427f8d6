using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Notifications.Wording;
using SafeCast.TokenMonitor.Setup;
using static SafeCast.TokenMonitor.Tests.Support.Situation;

namespace SafeCast.TokenMonitor.Tests.Notifications.Wording;

/// <summary>Nothing decides by a text: with other words, every decision is the same.</summary>
public sealed class OtherWordingTests
{
    private static readonly OtherWording Other = new();

    public static TheoryData<string> Names => [.. Messages.Findings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_in_other_words_has_the_same_parts_in_the_same_order(string id)
    {
        var notification = Messages.NotificationOf(Messages.Findings[id]);

        var english = Compose(EnglishWording.Instance);
        var other = Compose(Other);

        Assert.NotEqual(english.Subject, other.Subject);
        Assert.Equal(english.Sections.Select(Shape), other.Sections.Select(Shape));
        Assert.Equal(
            (english.Kind, english.Severity, english.IncidentId, english.Summary.Tone, english.Summary.Action is null, english.Timeline.Count, english.Facts.Count, english.Unknowns.Count),
            (other.Kind, other.Severity, other.IncidentId, other.Summary.Tone, other.Summary.Action is null, other.Timeline.Count, other.Facts.Count, other.Unknowns.Count));
        Assert.Equal(english.Links.Select(link => link.Url.AbsoluteUri), other.Links.Select(link => link.Url.AbsoluteUri));

        AlertMessage Compose(IAlertWording wording) => new AlertComposer(wording).Compose(notification, Messages.Token, "x", Now);
    }

    [Fact]
    public void Findings_with_the_same_fix_are_distinguished_from_others_by_their_steps_not_by_their_words()
    {
        var notification = Messages.NotificationOf(Healthy.Debug(d => d with { Type = "USER", Scopes = ["whatsapp_business_management"], GranularScopes = null }).Health("BLOCKED"));

        var english = new AlertComposer(EnglishWording.Instance).Compose(notification, Messages.Token, "x", Now);
        var other = new AlertComposer(Other).Compose(notification, Messages.Token, "x", Now);

        Assert.Equal(english.Sections.Select(Shape), other.Sections.Select(Shape));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_checklist_in_other_words_has_the_same_outcomes_and_as_many_steps(string id)
    {
        var situation = Messages.Findings[id];
        foreach (var subject in Enum.GetValues<ChecklistSubject>())
        {
            Assert.Equal(Checked(EnglishWording.Instance).Select(Outcome), Checked(Other).Select(Outcome));

            IReadOnlyList<CheckedStep> Checked(IAlertWording wording) => Checklist.Of(
                situation.Inspection, situation.Expectation, situation.Assess(), previousUser: null, [], subject, wording, Now);
        }
    }

    private static object Shape(AlertSection section) =>
        (section.Id, section.Severity, section.Steps.Count, section.Evidence.Count, section.IsEvidenceToActOn, section.InsteadOfSteps is null);

    private static object Outcome(CheckedStep step) => (step.Id, step.Outcome, step.Severity, step.IsOptional, step.IsBlocking, step.Remediation.Count, step.Evidence.Count);
}
