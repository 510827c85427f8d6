using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Assessment.Rules;

/// <summary>What the token must reach: business account, phone number, the portfolio that owns them, the app that hears of them.</summary>
internal static class AssetRules
{
    public static void Apply(AssessmentBuilder a)
    {
        NameWhatIsNotConfigured(a);
        CheckReach(a, a.Inspection.BusinessAccount, FindingKind.BusinessAccountUnreachable, "the business account", a.Expectation.BusinessAccountId);
        CheckReach(a, a.Inspection.PhoneNumber, FindingKind.PhoneNumberUnreachable, "the phone number", a.Expectation.PhoneNumberId);
        CheckPhoneNumberIsTheAccounts(a);
        CheckSubscription(a);
        CheckPortfolio(a);
        CheckAccess(a);
    }

    // What the configuration no longer asks for is no longer found.
    private static void NameWhatIsNotConfigured(AssessmentBuilder a)
    {
        if (a.Expectation.BusinessPortfolioId is null)
        {
            a.LookFor(FindingKind.WrongPortfolio, FindingKind.AccessReduced);
        }

        if (a.Expectation.BusinessAccountId is null)
        {
            a.LookFor(
                FindingKind.BusinessAccountUnreachable, FindingKind.PhoneNumberElsewhere, FindingKind.AppNotSubscribed,
                FindingKind.WrongPortfolio, FindingKind.AccessReduced);
            a.NotConfigured("whether it reaches its business account", "No BusinessAccountId is configured: a token that lost its account looks healthy.");
        }

        if (a.Expectation.PhoneNumberId is null)
        {
            a.LookFor(
                FindingKind.PhoneNumberUnreachable, FindingKind.PhoneNumberElsewhere, FindingKind.SendingBlocked, FindingKind.SendingLimited);
            a.NotConfigured("whether it reaches its phone number and may send", "No PhoneNumberId is configured: a token that lost its number looks healthy.");
        }
    }

    private static void CheckReach(AssessmentBuilder a, GraphAnswer? answer, FindingKind kind, string asset, string? id)
    {
        if (answer is null)
        {
            return;
        }

        if (answer.Error is not { } error)
        {
            a.LookFor(kind);
            return;
        }

        switch (error.Class)
        {
            // The token's end is told by the rules for the token, the app's credential by those for the app.
            case GraphErrorClass.Token:
                break;

            // Reading an asset takes the management scope; where that is missing, the scope is the cause and the asset may be well.
            case GraphErrorClass.Permission or GraphErrorClass.Asset when LacksManagementScope(a):
                a.NotStated($"whether the token reaches {asset}", "It cannot be read without the missing scope.");
                break;

            case GraphErrorClass.Permission or GraphErrorClass.Asset or GraphErrorClass.Account or GraphErrorClass.App:
            case GraphErrorClass.Unknown when IdMistakes.NamesTheOtherType(kind, error):
                var mistake = IdMistakes.Of(kind, id, error, a.Expectation, a.Inspection);
                a.Find(
                    kind,
                    id ?? "",
                    [.. mistake is { } cause ? [new Evidence("Likely cause", cause)] : Array.Empty<Evidence>(), .. AssessmentBuilder.EvidenceOf(error)]);
                if (mistake is not null)
                {
                    a.Mend(
                        kind,
                        n => [RemedySteps.SetRightId(n, kind is FindingKind.PhoneNumberUnreachable ? "PhoneNumberId" : "BusinessAccountId", mistake), RemedySteps.Verify(n)],
                        $"Nothing is known of {asset}: the monitor's setting names something else.");
                }
                else if (error.Class is GraphErrorClass.Account)
                {
                    a.Mend(kind, n => [RemedySteps.AskMetaAboutAccount, RemedySteps.Verify(n)]);
                }
                else if (error.Class is GraphErrorClass.App)
                {
                    a.Mend(kind, n => [RemedySteps.AskMetaAboutApp(n), RemedySteps.Verify(n)]);
                }
                else
                {
                    a.MendTheTokenFirst(kind);
                }

                break;

            default:
                a.CouldNotFindOut($"whether the token reaches {asset}", error.ToString());
                break;
        }
    }

    private static void CheckPhoneNumberIsTheAccounts(AssessmentBuilder a)
    {
        if (a.Expectation.PhoneNumberId is not { } phone || !HasRows(a, a.Inspection.PhoneNumberIds, "whether the phone number is the account's", FindingKind.PhoneNumberElsewhere, out var ids))
        {
            return;
        }

        // An id that is not a number's is no account's number; that it is the wrong id has been said.
        if (a.HasFound(FindingKind.PhoneNumberUnreachable) && IdMistakes.Of(FindingKind.PhoneNumberUnreachable, phone, a.Inspection.PhoneNumber!.Error!, a.Expectation, a.Inspection) is not null)
        {
            return;
        }

        a.LookFor(FindingKind.PhoneNumberElsewhere);
        if (!ids.Contains(phone))
        {
            a.Find(
                FindingKind.PhoneNumberElsewhere,
                $"{phone} is not of account {a.Expectation.BusinessAccountId}",
                new Evidence("Phone number", phone),
                new Evidence("The account's numbers", ids.Count > 0 ? string.Join(", ", ids.Take(10)) : "none"));
        }
    }

    private static void CheckSubscription(AssessmentBuilder a)
    {
        if ((a.Expectation.AppId ?? a.Inspection.Debug?.Value?.AppId) is not { } app
            || !HasRows(a, a.Inspection.SubscribedAppIds, "whether the app is subscribed to the account", FindingKind.AppNotSubscribed, out var ids))
        {
            return;
        }

        a.LookFor(FindingKind.AppNotSubscribed);
        if (!ids.Contains(app))
        {
            a.Find(
                FindingKind.AppNotSubscribed,
                app,
                new Evidence("Subscribed apps", ids.Count > 0 ? string.Join(", ", ids.Take(10)) : "none"));
        }
    }

    private static void CheckPortfolio(AssessmentBuilder a)
    {
        const string What = "which portfolio owns the business account";
        if (a.Expectation.BusinessPortfolioId is not { } portfolio || a.Inspection.Owner is not { } answer)
        {
            return;
        }

        if (answer.Value is not { } owner)
        {
            Excuse(a, What, FindingKind.WrongPortfolio, answer.Error!);
            return;
        }

        if (owner.Id.Length == 0)
        {
            a.NotStated(What, "Graph did not say.");
            return;
        }

        a.LookFor(FindingKind.WrongPortfolio);
        if (owner.Id != portfolio)
        {
            a.Find(
                FindingKind.WrongPortfolio,
                $"{(owner.Name is { } name ? $"\"{name}\" ({owner.Id})" : owner.Id)} instead of {portfolio}",
                new Evidence("Expected portfolio", portfolio), new Evidence("Account's portfolio", owner.Id));
        }
    }

    private static void CheckAccess(AssessmentBuilder a)
    {
        const string What = "whether the system user has full control of the account";
        if (!HasRows(a, a.Inspection.AssignedUsers, What, FindingKind.AccessReduced, out var users))
        {
            return;
        }

        if ((a.Inspection.Debug?.Value?.UserId ?? a.Inspection.Me?.Value?.Id) is not { } id)
        {
            a.NotStated(What, "Graph did not say whose token it is.");
            return;
        }

        if (users.FirstOrDefault(user => user.Id == id) is not { } user)
        {
            Find("the system user is not assigned to it");
        }
        else if (user.Tasks is not { } tasks)
        {
            a.NotStated(What, "Graph did not say what the system user may do with it.");
        }
        else if (tasks.Contains("MANAGE", StringComparer.OrdinalIgnoreCase))
        {
            a.LookFor(FindingKind.AccessReduced);
        }
        else
        {
            Find("the system user lacks the task MANAGE", new Evidence("Tasks", tasks.Count > 0 ? string.Join(", ", tasks) : "none"));
        }

        void Find(string how, params ReadOnlySpan<Evidence> evidence)
        {
            a.Find(FindingKind.AccessReduced, how, [new Evidence("System user's id", id), .. evidence]);
            a.MendTheTokenFirst(FindingKind.AccessReduced);
        }
    }

    private static bool HasRows<T>(AssessmentBuilder a, GraphAnswer<IReadOnlyList<T>>? answer, string what, FindingKind kind, out IReadOnlyList<T> rows)
    {
        rows = answer?.Value ?? [];
        if (answer?.Error is { } error)
        {
            Excuse(a, what, kind, error);
        }

        return answer?.Value is not null;
    }

    // A list that could not be read is no finding of its own. Where the account itself is out of reach, that has been said. Where it is
    // not, and only a warning hangs on the list, a refusal stands for good: nobody is to be told day after day that the token may be dead.
    private static void Excuse(AssessmentBuilder a, string what, FindingKind kind, GraphError error)
    {
        var isAccountRead = a.Inspection.BusinessAccount?.Value is not null;
        if (!isAccountRead && !error.SaysNothing)
        {
            a.NotStated(what, "The business account cannot be read.");
        }
        else if (isAccountRead && error.Class is (GraphErrorClass.Permission or GraphErrorClass.Asset) && FindingCatalogue.Of(kind).Severity is Severity.Warning)
        {
            a.NotStated(what, error.ToString());
        }
        else if (error.Class is not GraphErrorClass.Token)
        {
            a.CouldNotFindOut(what, error.ToString());
        }
    }

    private static bool LacksManagementScope(AssessmentBuilder a) =>
        ScopeRules.Missing(a.Inspection, a.Expectation) is { } missing && missing.Contains(ScopeRules.Management, StringComparer.OrdinalIgnoreCase);
}
