using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentScenario;

namespace SafeCast.TokenMonitor.Tests.Incidents;

public sealed class IncidentPlannerTests
{
    private static readonly IncidentSettings Standard = new() { Channels = ["email", "teams"] };

    /// <summary>
    /// A sentence per row, then the checks and what each decides, sends and stores, as <see cref="Describe"/> writes it:
    /// <c>NotificationReason: Kind +added -resolved =present [stored@countdown step]</c>, with <c>!</c> behind what is critical.
    /// </summary>
    private static readonly Row[] Table =
    [
        // Nothing wrong.
        new("The first check ever of a healthy token tells nobody")
        {
            [SeesNothingWrong()] = "NothingToReport",
        },
        new("A token that stays healthy tells nobody")
        {
            [SeesNothingWrong()] = "NothingToReport",
            [Days(30), SeesNothingWrong()] = "NothingToReport",
        },

        // Opening.
        new("A finding at the first check sends an alert at once")
        {
            [Sees(ScopeMissing)] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("A finding of a token that was healthy sends an alert at once")
        {
            [SeesNothingWrong()] = "NothingToReport",
            [Hours(1), Sees(TokenRevoked)] = "IncidentOpened: Opened +token-revoked! =token-revoked! [token-revoked!]",
        },
        new("A warning alone opens an incident as well")
        {
            [Sees(AppNotSubscribed)] = "IncidentOpened: Opened +app-not-subscribed =app-not-subscribed [app-not-subscribed]",
        },
        new("Several findings open one incident, the worst first, then in the catalogue's order")
        {
            [Sees(AppNotSubscribed, PhoneNumberUnreachable, ScopeMissing)] =
                "IncidentOpened: Opened +scope-missing! +phone-number-unreachable! +app-not-subscribed =scope-missing! =phone-number-unreachable! =app-not-subscribed [scope-missing! phone-number-unreachable! app-not-subscribed]",
        },
        new("A finding of an incomplete check sends an alert: it holds whatever else is unknown")
        {
            [Sees(ScopeMissing).WithGap().LookingOnlyFor()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },

        // Changing.
        new("A second finding sends an alert at once, with the open ones")
        {
            [Sees(AppNotSubscribed)] = "IncidentOpened: Opened +app-not-subscribed =app-not-subscribed [app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed, ScopeMissing)] = "FindingAdded: Changed +scope-missing! =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
        },
        new("A resolved finding sends an alert at once, with the open ones")
        {
            [Sees(AppNotSubscribed, ScopeMissing)] = null,
            [Hours(1), Sees(AppNotSubscribed)] = "FindingResolved: Changed -scope-missing! =app-not-subscribed [app-not-subscribed]",
        },
        new("One finding gone and another come is one message")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(1), Sees(ScopeMissing)] = "FindingAdded, FindingResolved: Changed +scope-missing! -app-not-subscribed =scope-missing! [scope-missing!]",
        },
        new("A warning that becomes critical sends an alert at once")
        {
            [Sees(Finding(DataAccessExpires))] = null,
            [Hours(1), Sees(Finding(DataAccessExpires, Severity.Critical))] = "FindingEscalated: Changed =data-access-expires! [data-access-expires!]",
        },
        new("A critical finding that becomes a warning sends no alert, and is stored")
        {
            [Sees(Finding(DataAccessExpires, Severity.Critical))] = null,
            [Hours(1), Sees(Finding(DataAccessExpires))] = "ReminderNotDue [data-access-expires]",
        },
        new("A finding that flaps beside another sends an alert each time")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(1), Sees(AppNotSubscribed, AccessReduced)] = "FindingAdded: Changed +access-reduced =access-reduced =app-not-subscribed [access-reduced app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed)] = "FindingResolved: Changed -access-reduced =app-not-subscribed [app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed, AccessReduced)] = "FindingAdded: Changed +access-reduced =access-reduced =app-not-subscribed [access-reduced app-not-subscribed]",
        },
        new("A finding that flaps alone opens and resolves each time")
        {
            [Sees(SendingLimited)] = "IncidentOpened: Opened +sending-limited =sending-limited [sending-limited]",
            [Hours(1), SeesNothingWrong()] = "IncidentResolved: Resolved -sending-limited",
            [Hours(1), Sees(SendingLimited)] = "IncidentOpened: Opened +sending-limited =sending-limited [sending-limited]",
        },

        // Reminding.
        new("The same finding an hour later sends no alert")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
        },
        new("A critical finding is reminded of after 24 hours less five minutes")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24) - Minutes(5), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("A critical finding is not reminded of a second earlier")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24) - Minutes(5) - TimeSpan.FromSeconds(1), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
        },
        new("A tick that comes late reminds as well")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24) + Minutes(5), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("After days without a check there is one reminder, not several")
        {
            [Sees(ScopeMissing)] = null,
            [Days(3), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
        },
        new("Warnings alone are not reminded of after a day")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(24), Sees(AppNotSubscribed)] = "ReminderNotDue [app-not-subscribed]",
        },
        new("Warnings alone are reminded of after seven days less five minutes")
        {
            [Sees(AppNotSubscribed)] = null,
            [Days(7) - Minutes(5), Sees(AppNotSubscribed)] = "ReminderDue: Reminder =app-not-subscribed [app-not-subscribed]",
        },
        new("Warnings alone are not reminded of a second earlier")
        {
            [Sees(AppNotSubscribed)] = null,
            [Days(7) - Minutes(5) - TimeSpan.FromSeconds(1), Sees(AppNotSubscribed)] = "ReminderNotDue [app-not-subscribed]",
        },
        new("A warning beside something critical is reminded of with it")
        {
            [Sees(AppNotSubscribed, ScopeMissing)] = null,
            [Hours(24), Sees(AppNotSubscribed, ScopeMissing)] = "ReminderDue: Reminder =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
        },
        new("An alert about a change postpones the reminder")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(23), Sees(ScopeMissing, AppNotSubscribed)] = "FindingAdded: Changed +app-not-subscribed =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
            [Hours(1), Sees(ScopeMissing, AppNotSubscribed)] = "ReminderNotDue [scope-missing! app-not-subscribed]",
            [Hours(23), Sees(ScopeMissing, AppNotSubscribed)] = "ReminderDue: Reminder =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
        },
        new("Once only warnings remain, their interval counts")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), Sees(AppNotSubscribed)] = "FindingResolved: Changed -scope-missing! =app-not-subscribed [app-not-subscribed]",
            [Hours(24), Sees(AppNotSubscribed)] = "ReminderNotDue [app-not-subscribed]",
            [Days(6), Sees(AppNotSubscribed)] = "ReminderDue: Reminder =app-not-subscribed [app-not-subscribed]",
        },
        new("The clock going back reminds of nothing, and puts the next reminder off by no more than the interval")
        {
            [Sees(ScopeMissing)] = null,
            [Days(-2), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
            [Hours(24), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An interval that was shortened counts from the last alert")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(5), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
            [Hours(1), Sees(ScopeMissing), Standard with { RemindEvery = Hours(6) }] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An interval that was lengthened counts from the last alert")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24), Sees(ScopeMissing), Standard with { RemindEvery = Hours(48) }] = "ReminderNotDue [scope-missing!]",
            [Hours(24), Sees(ScopeMissing), Standard with { RemindEvery = Hours(48) }] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("The interval of warnings is a setting of its own")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(24), Sees(AppNotSubscribed), Standard with { RemindOfWarningsEvery = Hours(24) }] = "ReminderDue: Reminder =app-not-subscribed [app-not-subscribed]",
        },

        // Resolving.
        new("All resolved at a complete check sends an alert")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong()] = "IncidentResolved: Resolved -scope-missing! -app-not-subscribed",
            [Hours(1), SeesNothingWrong()] = "NothingToReport",
        },
        new("What the configuration now accepts is over")
        {
            [Sees(NotSystemUser)] = null,
            [Hours(1), Sees(NotSystemUser).Ignoring(NotSystemUser)] = "IncidentResolved: Resolved -not-system-user",
        },
        new("An accepted finding opens nothing")
        {
            [Sees(NotSystemUser).Ignoring(NotSystemUser)] = "NothingToReport",
        },
        new("An accepted finding is no part of an incident about another")
        {
            [Sees(NotSystemUser, ScopeMissing).Ignoring(NotSystemUser)] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("A finding that is accepted no longer opens an incident")
        {
            [Sees(NotSystemUser).Ignoring(NotSystemUser)] = "NothingToReport",
            [Hours(1), Sees(NotSystemUser)] = "IncidentOpened: Opened +not-system-user =not-system-user [not-system-user]",
        },

        // Unknown.
        new("Unknown opens nothing")
        {
            [SeesNothing()] = "Unknown",
        },
        new("Unknown resolves nothing")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), SeesNothing()] = "Unknown [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
        },
        new("An unknown result resolves nothing, not even findings that were evaluated and not found")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong().WithGap()] = "Unknown [scope-missing! app-not-subscribed]",
        },
        new("Unknown reminds of no finding: nobody knows whether it is still there")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24), SeesNothing()] = "Unknown [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An incomplete check resolves findings that it evaluated, and keeps the others")
        {
            [Sees(ScopeMissing, AppNotSubscribed, PhoneNumberUnreachable)] = null,
            [Hours(1), Sees(AppNotSubscribed).WithGap().LookingOnlyFor(ScopeMissing)] =
                "FindingResolved: Changed -scope-missing! =phone-number-unreachable! =app-not-subscribed [phone-number-unreachable! app-not-subscribed]",
        },

        // A token has one life.
        new("The scope findings of an invalid token are not resolved")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(TokenRevoked).LookingOnlyFor(TokenExpired, TokenInvalid)] = "FindingAdded: Changed +token-revoked! =token-revoked! =scope-missing! [token-revoked! scope-missing!]",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -token-revoked! -scope-missing! new token bbbbbbbb",
        },
        new("An invalidating finding that replaces another one resolves nothing")
        {
            [Sees(TokenInvalidated)] = null,
            [Hours(1), Sees(TokenRevoked)] = "FindingAdded: Changed +token-revoked! =token-revoked! [token-revoked!]",
        },
        new("An expiry that has passed replaces an upcoming one, which is not resolved")
        {
            [Sees(Finding(TokenExpires, Severity.Critical))] = null,
            [Hours(1), Sees(TokenExpired)] = "FindingAdded: Changed +token-expired! =token-expired! [token-expired!]",
        },
        new("A missing secret resolves no findings of its token")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(SecretMissing).LookingOnlyFor(SecretDisabled)] = "FindingAdded: Changed +secret-missing! =secret-missing! =scope-missing! [secret-missing! scope-missing!]",
        },
        new("A new token that expires later resolves the invalidity of the old one")
        {
            [Sees(TokenRevoked)] = null,
            [Hours(1), Sees(TokenExpires).WithToken("bbbbbbbb")] = "FindingAdded, FindingResolved: Changed +token-expires -token-revoked! =token-expires [token-expires]",
        },
        new("A rejection in use that is over is resolved, although the token will expire")
        {
            [Sees(TokenInvalid, TokenExpires)] = null,
            [Hours(1), Sees(TokenExpires)] = "FindingResolved: Changed -token-invalid! =token-expires [token-expires]",
        },

        // Rotation.
        new("A healthy token in place of a healthy one sends one confirmation")
        {
            [SeesNothingWrong("aaaaaaaa")] = "NothingToReport",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NewTokenVerified: NewTokenVerified new token bbbbbbbb",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NothingToReport",
        },
        new("A new token that could not be inspected is not verified before it could")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), SeesNothing().WithToken("bbbbbbbb")] = "Unknown",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NewTokenVerified: NewTokenVerified new token bbbbbbbb",
        },
        new("A new token that resolves everything results in one message, which names it")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(TokenRevoked)] = null,
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -token-revoked! new token bbbbbbbb",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NothingToReport",
        },
        new("The same token is not called new when it is healthy again")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong("aaaaaaaa")] = "IncidentResolved: Resolved -app-not-subscribed",
        },
        new("A new token that is not healthy opens an incident, and is named when all is resolved")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(ScopeMissing).WithToken("bbbbbbbb")] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -scope-missing! new token bbbbbbbb",
        },
        new("A new token is not verified while what was wrong was not looked for")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(SendingBlocked)] = null,
            [Hours(1), SeesNothingWrong("bbbbbbbb").LookingOnlyFor(ScopeMissing)] = "ReminderNotDue [sending-blocked!]",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -sending-blocked! new token bbbbbbbb",
        },

        // MonitoringOutage.
        new("Three unknown checks in a row send one alert")
        {
            [SeesNothing()] = "Unknown",
            [Hours(1), SeesNothing()] = "Unknown",
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
            [Hours(1), SeesNothing()] = "MonitorDownReminderNotDue",
        },
        new("A check that could find out begins the count anew")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothingWrong()] = "NothingToReport",
            [Hours(1), SeesNothing()] = "Unknown",
            [Hours(1), SeesNothing()] = "Unknown",
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
        },
        new("An incomplete check that found something begins the count anew")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), Sees(ScopeMissing).WithGap()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
            [Hours(1), SeesNothing()] = "Unknown [scope-missing!]",
        },
        new("Without an alert about an outage, its end sends nothing")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothingWrong()] = "NothingToReport",
        },
        new("After an alert about an outage, its end sends one message")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
            [Hours(1), SeesNothingWrong()] = "MonitorRecovered: MonitorRecovered",
            [Hours(1), SeesNothingWrong()] = "NothingToReport",
        },
        new("MonitoringOutage is over with a complete check, not with one that found something and not all")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
            [Hours(1), Sees(ScopeMissing).WithGap()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue, MonitorRecovered: MonitorRecovered [scope-missing!]",
        },
        new("A warning from the vault is sent and repeated during an outage, and does not hide the outage")
        {
            [Sees(SecretExpires)] = "IncidentOpened: Opened +secret-expires =secret-expires [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, Unknown [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, Unknown [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, MonitorDown: MonitorDown [secret-expires]",
            [Hours(1), Sees(SecretExpires, SecretAmbiguous).WithGap().LookingOnlyFor()] =
                "FindingAdded, MonitorDownReminderNotDue: Changed +secret-ambiguous =secret-ambiguous =secret-expires [secret-ambiguous secret-expires]",
            [Days(7), Sees(SecretExpires, SecretAmbiguous).WithGap().LookingOnlyFor()] =
                "ReminderDue, MonitorDownReminderDue: Reminder =secret-ambiguous =secret-expires: MonitorDownReminder [secret-ambiguous secret-expires]",
            [Hours(1), Sees(SecretExpires, SecretAmbiguous)] = "ReminderNotDue, MonitorRecovered: MonitorRecovered [secret-ambiguous secret-expires]",
        },
        new("A warning out of the vault that appears while nobody sees the token opens its incident")
        {
            [Sees(SecretExpires).WithGap().LookingOnlyFor()] = "IncidentOpened, Unknown: Opened +secret-expires =secret-expires [secret-expires]",
        },
        new("Sight that returns with bad news is two messages: two incidents")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
            [Hours(1), Sees(ScopeMissing)] = "IncidentOpened, MonitorRecovered: Opened +scope-missing! =scope-missing!: MonitorRecovered [scope-missing!]",
        },
        new("MonitoringOutage is reminded of after the interval less five minutes")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "MonitorDown: MonitorDown",
            [Hours(24) - Minutes(5) - TimeSpan.FromSeconds(1), SeesNothing()] = "MonitorDownReminderNotDue",
            [TimeSpan.FromSeconds(1), SeesNothing()] = "MonitorDownReminderDue: MonitorDownReminder",
            [Hours(1), SeesNothing()] = "MonitorDownReminderNotDue",
        },
        new("A clock that goes back delays the reminder about an outage by at most the interval")
        {
            [SeesNothing(), Standard with { UnknownAfter = 1 }] = "MonitorDown: MonitorDown",
            [Days(-2), SeesNothing(), Standard with { UnknownAfter = 1 }] = "MonitorDownReminderNotDue",
            [Hours(24), SeesNothing(), Standard with { UnknownAfter = 1 }] = "MonitorDownReminderDue: MonitorDownReminder",
        },
        new("After how many checks the monitor counts as down is a setting")
        {
            [SeesNothing(), Standard with { UnknownAfter = 2 }] = "Unknown",
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 2 }] = "MonitorDown: MonitorDown",
        },
        new("A lower setting counts the checks that were")
        {
            [SeesNothing(), Standard with { UnknownAfter = 5 }] = null,
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 5 }] = null,
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 5 }] = "Unknown",
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 2 }] = "MonitorDown: MonitorDown",
        },
        new("Raising the setting does not repeat the alert about an outage")
        {
            [SeesNothing(), Standard with { UnknownAfter = 1 }] = "MonitorDown: MonitorDown",
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 3 }] = "MonitorDownReminderNotDue",
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 3 }] = "MonitorDownReminderNotDue",
        },
        new("The end of an outage and the end of an incident are two messages")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), SeesNothing(), Standard with { UnknownAfter = 1 }] = "MonitorDown: MonitorDown [scope-missing!]",
            [Hours(1), SeesNothingWrong()] = "IncidentResolved, MonitorRecovered: Resolved -scope-missing!: MonitorRecovered",
        },

        // Who looked first and comes last.
        new("A look at a token that another check has seen replaced since says nothing")
        {
            [Sees(TokenRevoked).LookedAt(Hours(0))] = null,
            [Hours(1), SeesNothingWrong("bbbbbbbb").LookedAt(Hours(1))] = "IncidentResolved: Resolved -token-revoked! new token bbbbbbbb",
            [Minutes(1), Sees(TokenRevoked).LookedAt(Hours(1) - Minutes(1))] = "StaleObservation",
            [Hours(1), SeesNothingWrong("bbbbbbbb").LookedAt(Hours(2))] = "NothingToReport",
        },
        new("A look that found no token says nothing where another check has seen one since")
        {
            [SeesNothingWrong().LookedAt(Hours(0))] = null,
            [Minutes(1), (Sees(SecretMissing) with { Fingerprint = null }).LookedAt(-Minutes(1))] = "StaleObservation",
        },
        new("A look at a token that another check has seen replaced since says nothing, however little that one could find out of the new one")
        {
            [Sees(TokenRevoked).WithToken("bbbbbbbb").WithGap().LookingOnlyFor().LookedAt(Hours(0))] = null,
            [Minutes(1), Sees(ScopeMissing).LookedAt(-Minutes(1))] = "StaleObservation [token-revoked!]",
        },
        new("A look at a token that a complete one has seen otherwise since says nothing")
        {
            [Sees(TokenRevoked).LookedAt(Hours(0))] = null,
            [Minutes(1), SeesNothingWrong().LookedAt(-Minutes(1))] = "StaleObservation [token-revoked!]",
        },
        new("What an earlier look found counts where the later one saw the same token and not all of it")
        {
            [SeesNothingWrong().WithGap().LookingOnlyFor().LookedAt(Hours(0))] = "Unknown",
            [Minutes(1), Sees(ScopeMissing).LookedAt(-Minutes(1))] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("Who saw neither a token nor that there is none overrules nobody")
        {
            [SeesNothing().LookedAt(Hours(0))] = "Unknown",
            [Minutes(1), Sees(ScopeMissing).LookedAt(-Minutes(1))] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("A look that lies ahead is from before a clock went back, and overrules nobody")
        {
            [SeesNothingWrong().LookedAt(Hours(0))] = null,
            [-Days(2), Sees(TokenRevoked).WithToken("bbbbbbbb").LookedAt(-Days(2))] = "IncidentOpened: Opened +token-revoked! =token-revoked! [token-revoked!]",
            [Hours(1), SeesNothingWrong("cccccccc").LookedAt(-Days(2) + Hours(1))] = "IncidentResolved: Resolved -token-revoked! new token cccccccc",
        },

        // Accepting.
        new("What is accepted now is gone")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(ScopeMissing).Ignoring(ScopeMissing)] = "IncidentResolved: Resolved -scope-missing!",
        },
    ];

    [Fact]
    public void Of_what_is_gone_the_message_knows_what_is_accepted_and_what_is_resolved()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(ScopeMissing, AppNotSubscribed, AccessReduced));

        var changed = timeline.NotificationAfter(Hours(1), Sees(AppNotSubscribed, AccessReduced).Ignoring(AccessReduced));
        var resolved = timeline.NotificationAfter(Hours(1), Sees(AppNotSubscribed, AccessReduced).Ignoring(AppNotSubscribed, AccessReduced));

        Assert.Equal([(ScopeMissing, false), (AccessReduced, true)], changed.Resolved.Select(finding => (finding.Kind, finding.IsIgnored)));
        Assert.Equal([(AppNotSubscribed, true)], resolved.Resolved.Select(finding => (finding.Kind, finding.IsIgnored)));
    }

    public static TheoryData<string> Sentences => [.. Table.Select(row => row.Sentence)];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_table_is_enforced(string sentence)
    {
        var timeline = new IncidentScenario();
        foreach (var (after, seen, settings, expected) in Table.Single(row => row.Sentence == sentence).Checks)
        {
            timeline.Settings = settings ?? Standard;
            var planned = Describe(timeline.Check(after, seen));
            Assert.True(expected is null || expected == planned, $"After {after}:\nexpected {expected}\nplanned  {planned}");
        }
    }

    [Fact]
    public void The_table_and_the_countdown_cover_every_decision_of_the_planner()
    {
        var expected = string.Join(' ', Table.SelectMany(row => row.Checks).Select(check => check.Expected));
        var elsewhere = new[]
        {
            NotificationReason.CountdownStep, // below
            NotificationReason.ChannelFailing, // the outbox's, not the planner's
        };

        Assert.All(Enum.GetValues<NotificationReason>().Except(elsewhere), reason => Assert.Contains(reason.ToString(), expected, StringComparison.Ordinal));
    }

    // Countdown.

    [Fact]
    public void An_end_that_comes_nearer_is_reported_once_at_each_step_and_as_critical_from_seven_days_on()
    {
        var timeline = new IncidentScenario { Settings = Standard with { RemindEvery = Days(1000), RemindOfWarningsEvery = Days(1000) } };
        var end = Start + Days(40);
        var sent = new List<string>();
        for (var hour = 0; hour < 40 * 24; hour++)
        {
            var plan = timeline.Check(Hours(hour == 0 ? 0 : 1), Expiring(end, Start + Hours(hour)));
            if (!plan.Next.PendingNotifications.IsEmpty)
            {
                sent.Add($"{(end - timeline.Now).TotalDays} days: {Describe(plan)}");
            }
        }

        Assert.Equal(
            [
                "40 days: IncidentOpened: Opened +token-expires =token-expires [token-expires]",
                "30 days: CountdownStep: Countdown =token-expires [token-expires@30]",
                "14 days: CountdownStep: Countdown =token-expires [token-expires@14]",
                "7 days: FindingEscalated, CountdownStep: Countdown =token-expires! [token-expires!@7]",
                "3 days: CountdownStep: Countdown =token-expires! [token-expires!@3]",
                "1 days: CountdownStep: Countdown =token-expires! [token-expires!@1]",
            ],
            sent);
    }

    [Fact]
    public void Steps_that_went_by_without_a_check_are_one_message()
    {
        var timeline = new IncidentScenario();
        var end = Start + Days(35);
        timeline.Check(Days(0), Expiring(end, Start));

        var plan = timeline.Check(Days(25), Expiring(end, Start + Days(25)));

        Assert.Equal("CountdownStep: Countdown =token-expires [token-expires@14]", Describe(plan));
    }

    [Fact]
    public void An_incident_that_opens_near_the_end_does_not_tell_its_step_again()
    {
        var timeline = new IncidentScenario();
        var end = Start + Days(10);

        Assert.Equal(
            "IncidentOpened: Opened +token-expires =token-expires [token-expires@14]",
            Describe(timeline.Check(Days(0), Expiring(end, Start))));
        Assert.Equal("ReminderNotDue [token-expires@14]", Describe(timeline.Check(Hours(1), Expiring(end, Start + Hours(1)))));
    }

    [Fact]
    public void A_step_puts_off_the_reminder()
    {
        var timeline = new IncidentScenario();
        var end = Start + Days(20);
        timeline.Check(Days(0), Expiring(end, Start));
        timeline.Check(Days(6.5), Expiring(end, Start + Days(6.5)));

        Assert.Equal(
            ["IncidentOpened", "CountdownStep", "ReminderNotDue"],
            [timeline.Plans[0].Reasons[0].ToString(), timeline.Plans[1].Reasons[0].ToString(), timeline.Check(Days(1), Expiring(end, Start + Days(7.5))).Reasons[0].ToString()]);
    }

    [Fact]
    public void A_countdown_step_together_with_a_new_finding_is_a_change()
    {
        var timeline = new IncidentScenario();
        var end = Start + Days(31);
        timeline.Check(Days(0), Expiring(end, Start));

        var plan = timeline.Check(Days(2), Sees(Finding(TokenExpires, deadline: end), Finding(ScopeMissing)));

        Assert.Equal(
            "FindingAdded, CountdownStep: Changed +scope-missing! =scope-missing! =token-expires [scope-missing! token-expires@30]",
            Describe(plan));
    }

    // What messages say.

    [Fact]
    public void Every_message_of_an_incident_has_its_id_and_the_number_of_alerts_sent_before()
    {
        var timeline = new IncidentScenario();
        Notification[] sent =
        [
            timeline.NotificationAfter(Hours(0), Sees(ScopeMissing)),
            timeline.NotificationAfter(Hours(1), Sees(ScopeMissing, AppNotSubscribed)),
            timeline.NotificationAfter(Hours(24), Sees(ScopeMissing, AppNotSubscribed)),
            timeline.NotificationAfter(Hours(1), SeesNothingWrong()),
        ];

        Assert.All(sent, notification => Assert.Equal("production-incident-20260301T030700Z", notification.IncidentId));
        Assert.All(sent, notification => Assert.Equal(Start, notification.Since));
        Assert.All(sent, notification => Assert.Equal(["email", "teams"], notification.PendingChannels));
        Assert.Equal([0, 1, 2, 3], sent.Select(notification => notification.AlertsSentBefore));
        Assert.Equal([Start, Start + Hours(1), Start + Hours(25), Start + Hours(26)], sent.Select(notification => notification.At));
        Assert.Equal([Start + Hours(24), Start + Hours(25), Start + Hours(49), null], sent.Select(notification => notification.NextAt));
    }

    [Fact]
    public void The_next_incident_has_an_id_of_its_own()
    {
        var timeline = new IncidentScenario();
        var first = timeline.NotificationAfter(Hours(0), Sees(ScopeMissing));
        timeline.Check(Hours(1), SeesNothingWrong());

        Assert.NotEqual(first.IncidentId, timeline.NotificationAfter(Hours(1), Sees(ScopeMissing)).IncidentId);
    }

    [Fact]
    public void Warnings_state_the_next_reminder_by_their_own_interval() =>
        Assert.Equal(Start + Days(7), new IncidentScenario().NotificationAfter(Hours(0), Sees(AppNotSubscribed)).NextAt);

    [Theory]
    [InlineData(20, 6)]
    [InlineData(16, 2)]
    [InlineData(40, 7)]
    [InlineData(2.5, 1.5)]
    [InlineData(0.5, 7)]
    public void An_end_that_comes_nearer_is_reported_before_the_next_reminder_where_it_comes_first(double daysToTheEnd, double daysToTheNextMessage) => Assert.Equal(
        Start + Days(daysToTheNextMessage),
        new IncidentScenario().NotificationAfter(Hours(0), Sees(Finding(TokenExpires, deadline: Start + Days(daysToTheEnd)))).NextAt);

    [Fact]
    public void The_expiries_of_an_invalid_token_are_not_announced()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(DataAccessExpires, deadline: Start + Days(16))));

        var died = timeline.NotificationAfter(Hours(1), Sees(TokenRevoked).LookingOnlyFor(TokenRevoked));
        var reminded = timeline.NotificationAfter(Days(3), Sees(TokenRevoked).LookingOnlyFor(TokenRevoked));

        Assert.Equal([died.At + Days(1), reminded.At + Days(1)], [died.NextAt!.Value, reminded.NextAt!.Value]);
    }

    [Fact]
    public void A_token_with_another_end_is_announced_by_its_own()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(TokenExpires, deadline: Start + Days(60))));
        timeline.Check(Days(10), Sees(Finding(TokenExpires, deadline: Start + Days(70))));

        // The thirtieth day before the end comes three days after this reminder, the seventh after the last.
        var reminded = timeline.NotificationAfter(Days(27), Sees(Finding(TokenExpires, deadline: Start + Days(70))));

        Assert.Equal(Start + Days(40), reminded.NextAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_monitor_down_alert_records_whether_the_validity_is_known(bool isLifeKnown)
    {
        var timeline = new IncidentScenario();
        var seen = isLifeKnown ? SeesNothingWrong().WithGap("Graph did not say.") : SeesNothing();
        timeline.Check(Hours(0), seen);
        timeline.Check(Hours(1), seen);

        Assert.Equal(isLifeKnown, timeline.NotificationAfter(Hours(1), seen).IsValidityKnown);
    }

    [Fact]
    public void An_opening_says_since_when_the_token_had_been_healthy()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), SeesNothingWrong());
        timeline.Check(Hours(1), SeesNothingWrong());
        timeline.Check(Hours(1), SeesNothing());

        Assert.Equal(Start, timeline.NotificationAfter(Hours(1), Sees(ScopeMissing)).HealthySince);
        Assert.Null(timeline.State.HealthySince);

        timeline.Check(Hours(1), SeesNothingWrong());
        Assert.Equal(Start + Hours(4), timeline.State.HealthySince);
    }

    [Fact]
    public void A_token_is_not_healthy_while_its_incident_is_open()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(SendingBlocked));

        timeline.Check(Hours(1), SeesNothingWrong().LookingOnlyFor(ScopeMissing));

        Assert.NotNull(timeline.State.Incident);
        Assert.Null(timeline.State.HealthySince);
    }

    [Fact]
    public void A_reminder_says_what_the_last_check_saw_not_what_the_first_did()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(ScopeMissing) with { Details = new FindingDetails.Scopes(["then"]) }));

        var notification = timeline.NotificationAfter(Hours(24), Sees(Finding(ScopeMissing) with { Details = new FindingDetails.Scopes(["now"]) }));

        Assert.Equal(["now"], Assert.IsType<FindingDetails.Scopes>(Assert.Single(notification.Present).Details).Affected);
    }

    [Fact]
    public void A_finding_keeps_its_first_detection_time_when_it_escalates()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(DataAccessExpires)));
        timeline.Check(Hours(1), Sees(Finding(DataAccessExpires, Severity.Critical), Finding(ScopeMissing)));

        Assert.Equal(
            [(ScopeMissing, Start + Hours(1)), (DataAccessExpires, Start)],
            timeline.State.Incident!.Findings.Select(one => (one.Finding.Kind, one.Since)));
    }

    [Fact]
    public void Values_that_vary_from_check_to_check_do_not_change_the_stored_finding()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(ScopeMissing) with { GraphError = GraphError.NoAnswer("x") with { TraceId = "A1" } }));
        var before = timeline.State;

        timeline.Check(Hours(1), Sees(Finding(ScopeMissing) with { GraphError = GraphError.NoAnswer("x") with { TraceId = "B2" } }));

        Assert.True(TokenMonitor.Incidents.Stores.StateStore.AreAlike(before, timeline.State));
    }

    [Fact]
    public void An_outage_says_why_as_the_last_check_knows_it_and_since_when()
    {
        var timeline = new IncidentScenario { Settings = Standard with { UnknownAfter = 2 } };
        timeline.Check(Hours(0), SeesNothing("The vault did not answer."));

        var down = timeline.NotificationAfter(Hours(1), SeesNothing("Graph answered 503.").WithGap("Graph answered 503.").WithGap("The list was cut short."));

        Assert.Equal(["Graph answered 503.", "Graph answered 503.", "The list was cut short."], down.Unknowns.Select(unknown => unknown.Diagnostic));
        Assert.Equal(Start, down.Since);
        Assert.Equal("production-monitoring-20260301T030700Z", down.IncidentId);
        Assert.Equal(Start + Hours(25), down.NextAt);

        var reminder = timeline.NotificationAfter(Hours(24), SeesNothing("DNS."));
        Assert.Equal((down.IncidentId, 1, "DNS."), (reminder.IncidentId, reminder.AlertsSentBefore, Assert.Single(reminder.Unknowns).Diagnostic));

        var over = timeline.NotificationAfter(Hours(1), SeesNothingWrong());
        Assert.Equal((down.IncidentId, 2, (DateTimeOffset?)null), (over.IncidentId, over.AlertsSentBefore, over.NextAt));
    }

    // Owing.

    [Fact]
    public void Nothing_is_pending_where_no_channel_is_configured()
    {
        var timeline = new IncidentScenario { Settings = new IncidentSettings { Channels = [] } };

        Assert.Empty(timeline.Check(Hours(0), Sees(ScopeMissing)).Next.PendingNotifications);
        Assert.NotNull(timeline.State.Incident);
    }

    [Fact]
    public void A_channel_that_is_no_longer_configured_has_nothing_pending_and_does_not_fail()
    {
        var timeline = new IncidentScenario { NobodyAccepts = true };
        var state = timeline.Check(Hours(0), Sees(ScopeMissing)).Next with
        {
            Failing = System.Collections.Immutable.ImmutableSortedDictionary<string, ChannelFailure>.Empty.Add("teams", new ChannelFailure(2, Start, "404", IsReported: false)),
        };

        var next = IncidentPlanner.Plan(state, "production", Sees(ScopeMissing), Start + Hours(1), new IncidentSettings { Channels = ["email"] }).Next;

        Assert.Equal(["email"], Assert.Single(next.PendingNotifications).PendingChannels);
        Assert.Empty(next.Failing);
    }

    [Fact]
    public void Notifications_only_for_a_removed_channel_are_dropped()
    {
        var timeline = new IncidentScenario { NobodyAccepts = true, Settings = new IncidentSettings { Channels = ["teams"] } };
        timeline.Check(Hours(0), Sees(ScopeMissing));
        timeline.Settings = new IncidentSettings { Channels = ["email"] };

        Assert.Empty(timeline.Check(Hours(1), Sees(ScopeMissing)).Next.PendingNotifications);
    }

    [Fact]
    public void A_channel_that_was_added_gets_alerts_from_then_on()
    {
        var timeline = new IncidentScenario { Settings = new IncidentSettings { Channels = ["email"] } };
        timeline.Check(Hours(0), Sees(ScopeMissing));
        timeline.Settings = Standard;

        Assert.Empty(timeline.Check(Hours(1), Sees(ScopeMissing)).Next.PendingNotifications);
        Assert.Equal(["email", "teams"], timeline.NotificationAfter(Hours(23), Sees(ScopeMissing)).PendingChannels);
    }

    [Fact]
    public void An_incident_that_is_resolved_before_its_alert_was_sent_is_one_message_about_both()
    {
        var timeline = new IncidentScenario { NobodyAccepts = true };
        timeline.Check(Hours(0), Sees(ScopeMissing));

        var notification = timeline.NotificationAfter(Hours(1), SeesNothingWrong());

        Assert.Equal(NotificationKind.Resolved, notification.Kind);
        Assert.Equal(ScopeMissing, Assert.Single(notification.Added).Kind);
        Assert.Equal(ScopeMissing, Assert.Single(notification.Resolved).Kind);
        Assert.Equal(0, notification.AlertsSentBefore);
    }

    [Fact]
    public void Planning_changes_nothing_of_what_it_was_given()
    {
        var state = IncidentPlanner.Plan(TokenState.Empty, "production", Sees(ScopeMissing), Start, Standard).Next;
        var copy = state with { };

        IncidentPlanner.Plan(state, "production", Sees(TokenRevoked), Start + Hours(30), Standard);

        Assert.Equal(copy, state);
        Assert.Equal(TokenState.Empty, new TokenState());
    }

    private static Observation Expiring(DateTimeOffset end, DateTimeOffset now) =>
        Sees(Finding(TokenExpires, end - now <= Days(7) ? Severity.Critical : Severity.Warning, end));

    private sealed class Row(string sentence)
    {
        public string Sentence => sentence;

        public List<(TimeSpan After, Observation Seen, IncidentSettings? Settings, string? Expected)> Checks { get; } = [];

        // A check that is only there to lead up to the next expects null.
        public string? this[TimeSpan after, Observation seen, IncidentSettings? settings = null]
        {
            set => Checks.Add((after, seen, settings, value));
        }

        public string? this[Observation seen, IncidentSettings? settings = null]
        {
            set => Checks.Add((TimeSpan.Zero, seen, settings, value));
        }
    }

    [Fact]
    public void The_system_user_of_the_last_healthy_token_is_stored_until_another_token_is_healthy()
    {
        var (bot, other) = (new Identity("1", "SafeCast-Bot"), new Identity("2", "Other"));
        var timeline = new IncidentScenario();

        timeline.Check(Hours(0), SeesNothingWrong("aaaaaaaa") with { SystemUser = bot });
        Assert.Equal(bot, timeline.State.SystemUser);
        timeline.Check(Hours(1), SeesNothingWrong("aaaaaaaa"));
        Assert.Equal(bot, timeline.State.SystemUser);
        timeline.Check(Hours(1), SeesNothingWrong("aaaaaaaa") with { SystemUser = other });
        Assert.Equal(other, timeline.State.SystemUser);
        timeline.Check(Hours(1), SeesNothingWrong("bbbbbbbb"));
        Assert.Null(timeline.State.SystemUser);
    }

    [Fact]
    public void A_verified_token_has_an_incident_id_of_its_own_kind()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), SeesNothingWrong("aaaaaaaa"));

        Assert.StartsWith("production-rotated-", timeline.NotificationAfter(Hours(1), SeesNothingWrong("bbbbbbbb")).IncidentId, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_two_findings_that_escalates_is_an_escalation()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), Sees(Finding(TokenExpires, Severity.Warning), Finding(AppNotSubscribed)));

        var plan = timeline.Check(Hours(1), Sees(Finding(TokenExpires, Severity.Critical), Finding(AppNotSubscribed)));

        Assert.Equal([NotificationReason.FindingEscalated], plan.Reasons);
    }

    [Fact]
    public void An_observation_without_a_time_does_not_replace_the_stored_one()
    {
        var timeline = new IncidentScenario();
        timeline.Check(Hours(0), SeesNothingWrong() with { At = Start });

        timeline.Check(Hours(1), SeesNothingWrong());

        Assert.Equal(Start, timeline.State.LastObservation!.At);
    }
}
