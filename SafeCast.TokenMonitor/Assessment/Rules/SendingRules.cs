using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Whether Meta lets the number send, independently of the token.</summary>
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
                a.MarkEvaluated(FindingKind.SendingBlocked, FindingKind.SendingLimited);
                break;
            case "BLOCKED":
                a.MarkEvaluated(FindingKind.SendingLimited);
                Add(a, FindingKind.SendingBlocked, number);
                break;
            case "LIMITED":
                a.MarkEvaluated(FindingKind.SendingBlocked);
                Add(a, FindingKind.SendingLimited, number);
                break;
            case null:
                a.NotStated(FactTopic.Sending, UnknownCause.Omitted);
                break;
            default:
                a.NotStated(FactTopic.Sending, UnknownCause.UnknownValue, number.Health.CanSendMessage);
                break;
        }
    }

    private static void Add(AssessmentBuilder a, FindingKind kind, PhoneNumber number) => a.Add(AssessmentBuilder.New(kind) with
    {
        Subject = FindingSubject.PhoneNumber(number.Id),
        Details = new FindingDetails.Sending(
            new NamedId(number.Id, number.DisplayNumber),
            [.. number.Health!.Entities.Where(entity => !string.Equals(entity.CanSendMessage, "AVAILABLE", StringComparison.OrdinalIgnoreCase))]),
    });
}
