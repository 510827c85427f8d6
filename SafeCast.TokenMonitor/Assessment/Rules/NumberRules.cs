using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>Whether the number is connected, and the quality of its messages, as Meta rates it. Applied after <see cref="SendingRules"/>.</summary>
internal static class NumberRules
{
    public static void Apply(AssessmentBuilder a)
    {
        if (a.Inspection.PhoneNumber is not { } answer)
        {
            return;
        }

        if (answer.Error is { Class: GraphErrorClass.NumberNotRegistered } error)
        {
            AddStatus(a, new NamedId(a.Expectation.PhoneNumberId, null), NumberState.NotRegistered, error);
        }
        else if (answer.Value is { } number)
        {
            CheckStatus(a, number);
            CheckQuality(a, number);
        }
    }

    /// <summary>The state that a status of Graph stands for; null: Graph stated none, or the monitor does not know it.</summary>
    internal static NumberState? StateOf(string? status) => status?.ToUpperInvariant() switch
    {
        "CONNECTED" => NumberState.Connected,
        "BANNED" => NumberState.Banned,
        "DISCONNECTED" => NumberState.Disconnected,
        "DELETED" => NumberState.Deleted,
        "MIGRATED" => NumberState.Migrated,
        "PENDING" => NumberState.Pending,
        "UNVERIFIED" => NumberState.Unverified,
        "RESTRICTED" => NumberState.Restricted,
        "FLAGGED" => NumberState.Flagged,
        "RATE_LIMITED" => NumberState.RateLimited,
        _ => null,
    };

    private static void CheckStatus(AssessmentBuilder a, PhoneNumber number)
    {
        switch (StateOf(number.Status))
        {
            case null:
                a.NotStated(FactTopic.NumberStatus, number.Status is null ? UnknownCause.Omitted : UnknownCause.UnknownValue, number.Status);
                break;
            case NumberState.Connected:
                a.MarkEvaluated(FindingKind.PhoneNumberNotConnected);
                break;

            // One alert for one problem: the finding about sending shows the status as its evidence.
            case { } state when a.Has(FindingKind.SendingBlocked) || (a.Has(FindingKind.SendingLimited) && SeverityOf(state) is Severity.Warning):
                break;
            case { } state:
                AddStatus(a, new NamedId(number.Id, number.DisplayNumber), state, error: null);
                break;
        }
    }

    private static void CheckQuality(AssessmentBuilder a, PhoneNumber number)
    {
        switch (number.QualityRating?.ToUpperInvariant())
        {
            case "RED":
                a.Add(AssessmentBuilder.New(FindingKind.QualityLow) with
                {
                    Subject = FindingSubject.PhoneNumber(number.Id),
                    Details = new FindingDetails.NumberQuality(new NamedId(number.Id, number.DisplayNumber), number.QualityRating),
                });
                break;

            // A new number has no rating yet.
            case "GREEN" or "YELLOW" or "NA":
                a.MarkEvaluated(FindingKind.QualityLow);
                break;
            case null or "UNKNOWN":
                a.NotStated(FactTopic.NumberQuality, UnknownCause.Omitted);
                break;
            default:
                a.NotStated(FactTopic.NumberQuality, UnknownCause.UnknownValue, number.QualityRating);
                break;
        }
    }

    private static void AddStatus(AssessmentBuilder a, NamedId number, NumberState state, GraphError? error) =>
        a.Add(AssessmentBuilder.New(FindingKind.PhoneNumberNotConnected) with
        {
            Severity = SeverityOf(state),
            Subject = number.Id is { } id ? FindingSubject.PhoneNumber(id) : FindingSubject.Token,
            Details = new FindingDetails.NumberStatus(number, state),
            GraphError = error,
        });

    private static Severity SeverityOf(NumberState state) =>
        state is NumberState.Flagged or NumberState.RateLimited ? Severity.Warning : Severity.Critical;
}
