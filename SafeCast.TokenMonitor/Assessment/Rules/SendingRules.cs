using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>
/// Whether Meta lets the number send messages, independently of the token. The overall value of Graph covers calling too, which most
/// accounts do not use: the entities decide, and errors about calling do not count.
/// </summary>
internal static class SendingRules
{
    private const string Available = "AVAILABLE";
    private const string Blocked = "BLOCKED";
    private const string Limited = "LIMITED";

    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.PhoneNumber?.Value is not { } number)
        {
            return;
        }

        if (number.Health is not { } health)
        {
            a.NotStated(FactTopic.Sending, UnknownCause.Omitted);
            return;
        }

        var entities = health.Entities;
        string?[] stated = [.. entities.Select(entity => entity.CanSendMessage?.ToUpperInvariant())];
        var overall = health.CanSendMessage?.ToUpperInvariant();
        if (stated.Contains(Blocked))
        {
            AddBlocked(a, number);
        }
        else if (stated.Contains(Limited))
        {
            AddLimited(a, number);
        }
        else if (overall is Blocked or Limited && entities.Count > 0 && !entities.Any(IsOtherValue) && !entities.Any(entity => MessageErrors(entity).Any()))
        {
            // No entity supports the overall value. Where all of them state that messages can be sent, that is the answer.
            if (stated.All(value => value is Available))
            {
                a.MarkEvaluated(FindingKind.SendingBlocked, FindingKind.SendingLimited);
            }

            a.NotStated(FactTopic.Sending, UnknownCause.UnsupportedValue, health.CanSendMessage);
        }
        else
        {
            ApplyOverall(a, number, overall ?? (entities.Count > 0 && stated.All(value => value is Available) ? Available : null));
        }
    }

    /// <summary>The errors of an entity that are not about calling (138xxx).</summary>
    internal static IEnumerable<SendingError> MessageErrors(SendingEntity entity) => entity.Errors.Where(error => error.Code is { } code
        ? code is not ['1', '3', '8', _, _, _]
        : error.Description?.Contains("SIP ", StringComparison.Ordinal) is not true);

    private static void ApplyOverall(AssessmentBuilder a, PhoneNumber number, string? overall)
    {
        switch (overall)
        {
            case Available:
                a.MarkEvaluated(FindingKind.SendingBlocked, FindingKind.SendingLimited);
                break;
            case Blocked:
                AddBlocked(a, number);
                break;
            case Limited:
                AddLimited(a, number);
                break;
            case null:
                a.NotStated(FactTopic.Sending, UnknownCause.Omitted);
                break;
            default:
                a.NotStated(FactTopic.Sending, UnknownCause.UnknownValue, overall);
                break;
        }
    }

    private static void AddBlocked(AssessmentBuilder a, PhoneNumber number)
    {
        a.MarkEvaluated(FindingKind.SendingLimited);
        a.Add(Finding(FindingKind.SendingBlocked, number));
    }

    private static void AddLimited(AssessmentBuilder a, PhoneNumber number)
    {
        a.MarkEvaluated(FindingKind.SendingBlocked);
        var finding = Finding(FindingKind.SendingLimited, number);
        a.Add(IsDisplayNamePending((FindingDetails.Sending)finding.Details!) ? finding with { Cause = FindingCause.DisplayNamePending } : finding);
    }

    private static Finding Finding(FindingKind kind, PhoneNumber number) => AssessmentBuilder.New(kind) with
    {
        Subject = FindingSubject.PhoneNumber(number.Id),
        Details = new FindingDetails.Sending(
            new NamedId(number.Id, number.DisplayNumber),
            [.. number.Health!.Entities.Where(IsNotAvailable).Select(entity => entity with { Errors = [.. MessageErrors(entity)] })],
            NumberRules.StateOf(number.Status) is null or NumberState.Connected ? null : number.Status),
    };

    // An entity without a value and with errors about calling only says nothing about messages.
    private static bool IsNotAvailable(SendingEntity entity) =>
        MessageErrors(entity).Any()
        || !(string.Equals(entity.CanSendMessage, Available, StringComparison.OrdinalIgnoreCase) || (entity.CanSendMessage is null && entity.Errors.Count > 0));

    private static bool IsOtherValue(SendingEntity entity) => entity.CanSendMessage?.ToUpperInvariant() is not (null or Available or Blocked or Limited);

    // The usual state of a new number: Meta has not approved its display name yet.
    private static bool IsDisplayNamePending(FindingDetails.Sending sending)
    {
        string[] reasons = [.. sending.Entities.SelectMany(entity => entity.Errors.Select(error => error.Description ?? "").Concat(entity.AdditionalInfo))];
        return reasons.Length > 0 && reasons.All(reason => reason.Contains("display name", StringComparison.OrdinalIgnoreCase));
    }
}
