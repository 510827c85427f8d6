using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the token must be able to access: account, phone number, the portfolio that owns them, and the subscription of the app.</summary>
internal static class AssetRules
{
    // Enough to recognize what is meant; an account may have hundreds.
    private const int MostIds = 10;

    public static void Apply(AssessmentBuilder a)
    {
        NoteWhatIsNotConfigured(a);
        CheckAccess(a, a.Inspection.BusinessAccount, FindingKind.BusinessAccountUnreachable, FactTopic.BusinessAccountAccess, a.Expectation.BusinessAccountId);
        CheckAccess(a, a.Inspection.PhoneNumber, FindingKind.PhoneNumberUnreachable, FactTopic.PhoneNumberAccess, a.Expectation.PhoneNumberId);
        CheckPhoneNumberIsInAccount(a);
        CheckSubscription(a);
        CheckPortfolio(a);
        CheckControl(a);
    }

    // A finding that the configuration no longer asks for is resolved.
    private static void NoteWhatIsNotConfigured(AssessmentBuilder a)
    {
        if (a.Expectation.BusinessPortfolioId is null)
        {
            a.MarkEvaluated(FindingKind.WrongPortfolio, FindingKind.AccessReduced);
        }

        if (a.Expectation.BusinessAccountId is null)
        {
            a.MarkEvaluated(
                FindingKind.BusinessAccountUnreachable, FindingKind.PhoneNumberElsewhere, FindingKind.AppNotSubscribed,
                FindingKind.WrongPortfolio, FindingKind.AccessReduced);
            a.NotConfigured(FactTopic.BusinessAccountAccess);
        }

        if (a.Expectation.PhoneNumberId is null)
        {
            a.MarkEvaluated(
                FindingKind.PhoneNumberUnreachable, FindingKind.PhoneNumberElsewhere, FindingKind.PhoneNumberNotConnected, FindingKind.QualityLow,
                FindingKind.SendingBlocked, FindingKind.SendingLimited);
            a.NotConfigured(FactTopic.PhoneNumberAccess);
        }
    }

    private static void CheckAccess(AssessmentBuilder a, GraphAnswer? answer, FindingKind kind, FactTopic topic, string? id)
    {
        if (answer is null)
        {
            return;
        }

        if (answer.Error is not { } error)
        {
            a.MarkEvaluated(kind);
            return;
        }

        switch (error.Class)
        {
            // The rules for the token report that it is not valid, or that its app is unavailable.
            case GraphErrorClass.Token or GraphErrorClass.App:
                break;

            // The token can access the number. The rules for the number report its state.
            case GraphErrorClass.NumberNotRegistered when kind is FindingKind.PhoneNumberUnreachable:
                a.MarkEvaluated(kind);
                break;

            // Reading an asset needs the management scope: where that is missing, it is the cause.
            case GraphErrorClass.Permission or GraphErrorClass.Asset when LacksManagementScope(a):
                a.NotStated(topic, UnknownCause.ScopeMissing);
                break;

            case GraphErrorClass.Permission or GraphErrorClass.Asset or GraphErrorClass.Account:
            case GraphErrorClass.Unknown when IdMistakes.NamesTheOtherType(kind, error):
                var mistake = IdMistakes.Of(kind, id, error, a.Expectation, a.Inspection);
                a.Add(AssessmentBuilder.New(kind) with
                {
                    Subject = id is null ? FindingSubject.Token
                        : kind is FindingKind.PhoneNumberUnreachable ? FindingSubject.PhoneNumber(id) : FindingSubject.BusinessAccount(id),
                    Cause = mistake is not null ? FindingCause.WrongConfiguredId
                        : error.Code is 131042 ? FindingCause.PaymentFailed
                        : error.Class is GraphErrorClass.Account ? FindingCause.AccountRestricted
                        : a.CauseOfMissingRights(),
                    Details = new FindingDetails.ConfiguredId(id, mistake),
                    GraphError = error,
                });
                break;

            default:
                a.QueryFailed(topic, error);
                break;
        }
    }

    private static void CheckPhoneNumberIsInAccount(AssessmentBuilder a)
    {
        if (a.Expectation.PhoneNumberId is not { } phone || !HasRows(a, a.Inspection.PhoneNumberIds, FactTopic.PhoneNumberAccount, FindingKind.PhoneNumberElsewhere, out var ids))
        {
            return;
        }

        // An id that is not a phone number's is in no account; that it is the wrong id is a finding already.
        if (a.Has(FindingKind.PhoneNumberUnreachable) && IdMistakes.Of(FindingKind.PhoneNumberUnreachable, phone, a.Inspection.PhoneNumber!.Error!, a.Expectation, a.Inspection) is not null)
        {
            return;
        }

        a.MarkEvaluated(FindingKind.PhoneNumberElsewhere);
        if (!ids.Contains(phone))
        {
            a.Add(AssessmentBuilder.New(FindingKind.PhoneNumberElsewhere) with
            {
                Subject = FindingSubject.PhoneNumber(phone),
                Details = new FindingDetails.NumberElsewhere(phone, a.Expectation.BusinessAccountId, [.. ids.Take(MostIds)]),
            });
        }
    }

    private static void CheckSubscription(AssessmentBuilder a)
    {
        if ((a.Expectation.AppId ?? a.Inspection.Debug?.Value?.AppId) is not { } app
            || !HasRows(a, a.Inspection.SubscribedAppIds, FactTopic.AppSubscription, FindingKind.AppNotSubscribed, out var ids))
        {
            return;
        }

        a.MarkEvaluated(FindingKind.AppNotSubscribed);
        if (!ids.Contains(app))
        {
            a.Add(AssessmentBuilder.New(FindingKind.AppNotSubscribed) with
            {
                Subject = SubjectOfAccount(a),
                Details = new FindingDetails.Subscription(app, [.. ids.Take(MostIds)]),
            });
        }
    }

    private static void CheckPortfolio(AssessmentBuilder a)
    {
        if (a.Expectation.BusinessPortfolioId is not { } portfolio || a.Inspection.Owner is not { } answer)
        {
            return;
        }

        if (answer.Value is not { } owner)
        {
            NoteUnreadList(a, FactTopic.AccountOwner, FindingKind.WrongPortfolio, answer.Error!);
            return;
        }

        if (owner.Id.Length == 0)
        {
            a.NotStated(FactTopic.AccountOwner, UnknownCause.Omitted);
            return;
        }

        a.MarkEvaluated(FindingKind.WrongPortfolio);
        if (owner.Id != portfolio)
        {
            a.Add(AssessmentBuilder.New(FindingKind.WrongPortfolio) with
            {
                Subject = SubjectOfAccount(a),
                Details = new FindingDetails.PortfolioMismatch(portfolio, new NamedId(owner.Id, owner.Name)),
            });
        }
    }

    private static void CheckControl(AssessmentBuilder a)
    {
        if (!HasRows(a, a.Inspection.AssignedUsers, FactTopic.AccountControl, FindingKind.AccessReduced, out var users))
        {
            return;
        }

        if ((a.Inspection.Debug?.Value?.UserId ?? a.Inspection.Me?.Value?.Id) is not { } id)
        {
            a.NotStated(FactTopic.AccountControl, UnknownCause.SystemUserUnknown);
            return;
        }

        if (users.FirstOrDefault(user => user.Id == id) is not { } user)
        {
            Add(FindingCause.NotAssigned, tasks: null);
        }
        else if (user.Tasks is not { } tasks)
        {
            a.NotStated(FactTopic.AccountControl, UnknownCause.Omitted);
        }
        else if (tasks.Contains("MANAGE", StringComparer.OrdinalIgnoreCase))
        {
            a.MarkEvaluated(FindingKind.AccessReduced);
        }
        else
        {
            Add(FindingCause.NoFullControl, tasks);
        }

        void Add(FindingCause cause, IReadOnlyList<string>? tasks) => a.Add(AssessmentBuilder.New(FindingKind.AccessReduced) with
        {
            Subject = SubjectOfAccount(a),
            Cause = a.CauseOfMissingRights() is var rights and not FindingCause.Usual ? rights : cause,
            Details = new FindingDetails.AccountAccess(id, tasks),
        });
    }

    private static FindingSubject SubjectOfAccount(AssessmentBuilder a) =>
        a.Expectation.BusinessAccountId is { } id ? FindingSubject.BusinessAccount(id) : FindingSubject.Token;

    private static bool HasRows<T>(AssessmentBuilder a, GraphAnswer<IReadOnlyList<T>>? answer, FactTopic topic, FindingKind kind, out IReadOnlyList<T> rows)
    {
        rows = answer?.Value ?? [];
        if (answer?.Error is { } error)
        {
            NoteUnreadList(a, topic, kind, error);
        }

        return answer?.Value is not null;
    }

    // A list that could not be read is no finding of its own: where the account cannot be read, that is the finding. Where the account
    // can be read and only a warning depends on the list, Graph will refuse it at every check: that must not make every check incomplete.
    private static void NoteUnreadList(AssessmentBuilder a, FactTopic topic, FindingKind kind, GraphError error)
    {
        var isAccountRead = a.Inspection.BusinessAccount?.Value is not null;
        if (!isAccountRead && !error.IsInconclusive)
        {
            a.NotStated(topic, UnknownCause.AccountUnreadable);
        }
        else if (isAccountRead && error.Class is GraphErrorClass.Permission && kind is (FindingKind.WrongPortfolio or FindingKind.AccessReduced))
        {
            a.NotStated(topic, UnknownCause.PortfolioPermissionMissing, error.ToString());
        }
        else if (isAccountRead && error.Message.Contains("must be a valid business", StringComparison.OrdinalIgnoreCase))
        {
            a.NotStated(topic, UnknownCause.WrongPortfolioId, error.ToString());
        }
        else if (isAccountRead && error.Class is (GraphErrorClass.Permission or GraphErrorClass.Asset) && FindingCatalogue.Of(kind).Severity is Severity.Warning)
        {
            a.NotStated(topic, UnknownCause.Error, error.ToString());
        }
        else if (error.Class is not (GraphErrorClass.Token or GraphErrorClass.App))
        {
            a.QueryFailed(topic, error);
        }
    }

    private static bool LacksManagementScope(AssessmentBuilder a) =>
        ScopeRules.Missing(a.Inspection, a.Expectation) is { } missing && missing.Contains(ScopeRules.Management, StringComparer.OrdinalIgnoreCase);
}
