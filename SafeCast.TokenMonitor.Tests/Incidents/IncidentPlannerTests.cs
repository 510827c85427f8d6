using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Inspection.Graph;
using static SafeCast.TokenMonitor.Assessment.FindingKind;
using static SafeCast.TokenMonitor.Tests.Incidents.IncidentStory;

namespace SafeCast.TokenMonitor.Tests.Incidents;

public sealed class IncidentPlannerTests
{
    private static readonly IncidentSettings Standard = new() { Channels = ["email", "teams"] };

    /// <summary>
    /// A sentence a row, then the checks that lead there and what each decides, tells and remembers, as <see cref="Describe"/> writes it:
    /// <c>Decision: Kind +added -mended =present [remembered@countdown step]</c>, with <c>!</c> behind what is critical.
    /// </summary>
    private static readonly Row[] Table =
    [
        // Nothing wrong.
        new("The first check ever of a healthy token tells nobody")
        {
            [SeesNothingWrong()] = "NothingToTell",
        },
        new("A token that stays healthy tells nobody")
        {
            [SeesNothingWrong()] = "NothingToTell",
            [Days(30), SeesNothingWrong()] = "NothingToTell",
        },

        // Opening.
        new("A finding at the first check ever is told at once")
        {
            [Sees(ScopeMissing)] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("A finding of a token that was healthy is told at once")
        {
            [SeesNothingWrong()] = "NothingToTell",
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
        new("A finding of an incomplete check is told: it is true whatever else may be")
        {
            [Sees(ScopeMissing).WithGap().LookingOnlyFor()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },

        // Changing.
        new("A second finding is told at once, with what remains")
        {
            [Sees(AppNotSubscribed)] = "IncidentOpened: Opened +app-not-subscribed =app-not-subscribed [app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed, ScopeMissing)] = "FindingAdded: Changed +scope-missing! =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
        },
        new("A finding gone while others stay is told at once, with what remains")
        {
            [Sees(AppNotSubscribed, ScopeMissing)] = null,
            [Hours(1), Sees(AppNotSubscribed)] = "FindingMended: Changed -scope-missing! =app-not-subscribed [app-not-subscribed]",
        },
        new("One finding gone and another come is one message")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(1), Sees(ScopeMissing)] = "FindingAdded, FindingMended: Changed +scope-missing! -app-not-subscribed =scope-missing! [scope-missing!]",
        },
        new("A warning that becomes critical is told at once")
        {
            [Sees(Finding(DataAccessExpires))] = null,
            [Hours(1), Sees(Finding(DataAccessExpires, Severity.Critical))] = "FindingGotWorse: Changed =data-access-expires! [data-access-expires!]",
        },
        new("A critical finding that becomes a warning is not told, and remembered")
        {
            [Sees(Finding(DataAccessExpires, Severity.Critical))] = null,
            [Hours(1), Sees(Finding(DataAccessExpires))] = "ReminderNotDue [data-access-expires]",
        },
        new("A finding that flaps beside another is told each time")
        {
            [Sees(AppNotSubscribed)] = null,
            [Hours(1), Sees(AppNotSubscribed, AccessReduced)] = "FindingAdded: Changed +access-reduced =access-reduced =app-not-subscribed [access-reduced app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed)] = "FindingMended: Changed -access-reduced =app-not-subscribed [app-not-subscribed]",
            [Hours(1), Sees(AppNotSubscribed, AccessReduced)] = "FindingAdded: Changed +access-reduced =access-reduced =app-not-subscribed [access-reduced app-not-subscribed]",
        },
        new("A finding that flaps alone opens and resolves each time")
        {
            [Sees(SendingLimited)] = "IncidentOpened: Opened +sending-limited =sending-limited [sending-limited]",
            [Hours(1), SeesNothingWrong()] = "IncidentResolved: Resolved -sending-limited",
            [Hours(1), Sees(SendingLimited)] = "IncidentOpened: Opened +sending-limited =sending-limited [sending-limited]",
        },

        // Reminding.
        new("The same finding an hour later is not told")
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
        new("What was told of a change puts off the reminder")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(23), Sees(ScopeMissing, AppNotSubscribed)] = "FindingAdded: Changed +app-not-subscribed =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
            [Hours(1), Sees(ScopeMissing, AppNotSubscribed)] = "ReminderNotDue [scope-missing! app-not-subscribed]",
            [Hours(23), Sees(ScopeMissing, AppNotSubscribed)] = "ReminderDue: Reminder =scope-missing! =app-not-subscribed [scope-missing! app-not-subscribed]",
        },
        new("Once only warnings remain, their interval counts")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), Sees(AppNotSubscribed)] = "FindingMended: Changed -scope-missing! =app-not-subscribed [app-not-subscribed]",
            [Hours(24), Sees(AppNotSubscribed)] = "ReminderNotDue [app-not-subscribed]",
            [Days(6), Sees(AppNotSubscribed)] = "ReminderDue: Reminder =app-not-subscribed [app-not-subscribed]",
        },
        new("The clock going back reminds of nothing, and puts the next reminder off by no more than the interval")
        {
            [Sees(ScopeMissing)] = null,
            [Days(-2), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
            [Hours(24), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An interval that was shortened counts from what was told last")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(5), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
            [Hours(1), Sees(ScopeMissing), Standard with { RemindEvery = Hours(6) }] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An interval that was lengthened counts from what was told last")
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
        new("All gone at a complete check is told")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong()] = "IncidentResolved: Resolved -scope-missing! -app-not-subscribed",
            [Hours(1), SeesNothingWrong()] = "NothingToTell",
        },
        new("What the configuration now accepts is over")
        {
            [Sees(NotSystemUser)] = null,
            [Hours(1), Sees(NotSystemUser).Ignoring(NotSystemUser)] = "IncidentResolved: Resolved -not-system-user",
        },
        new("An accepted finding opens nothing")
        {
            [Sees(NotSystemUser).Ignoring(NotSystemUser)] = "NothingToTell",
        },
        new("An accepted finding is no part of an incident about another")
        {
            [Sees(NotSystemUser, ScopeMissing).Ignoring(NotSystemUser)] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("A finding that is accepted no longer opens an incident")
        {
            [Sees(NotSystemUser).Ignoring(NotSystemUser)] = "NothingToTell",
            [Hours(1), Sees(NotSystemUser)] = "IncidentOpened: Opened +not-system-user =not-system-user [not-system-user]",
        },

        // Unknown.
        new("Unknown opens nothing")
        {
            [SeesNothing()] = "CouldNotFindOut",
        },
        new("Unknown resolves nothing")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), SeesNothing()] = "CouldNotFindOut [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue [scope-missing!]",
        },
        new("Unknown mends nothing, even what it looked for and did not see")
        {
            [Sees(ScopeMissing, AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong().WithGap()] = "CouldNotFindOut [scope-missing! app-not-subscribed]",
        },
        new("Unknown reminds of no finding: nobody knows whether it is still there")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(24), SeesNothing()] = "CouldNotFindOut [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderDue: Reminder =scope-missing! [scope-missing!]",
        },
        new("An incomplete check mends what it looked for, and keeps what it did not")
        {
            [Sees(ScopeMissing, AppNotSubscribed, PhoneNumberUnreachable)] = null,
            [Hours(1), Sees(AppNotSubscribed).WithGap().LookingOnlyFor(ScopeMissing)] =
                "FindingMended: Changed -scope-missing! =phone-number-unreachable! =app-not-subscribed [phone-number-unreachable! app-not-subscribed]",
        },

        // A token has one life.
        new("The scopes of a token that died are not mended")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(TokenRevoked).LookingOnlyFor(TokenExpired, TokenInvalid)] = "FindingAdded: Changed +token-revoked! =token-revoked! =scope-missing! [token-revoked! scope-missing!]",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -token-revoked! -scope-missing! new token bbbbbbbb",
        },
        new("A death that takes the place of another mends nothing")
        {
            [Sees(TokenInvalidated)] = null,
            [Hours(1), Sees(TokenRevoked)] = "FindingAdded: Changed +token-revoked! =token-revoked! [token-revoked!]",
        },
        new("An end that has come takes the place of one that lay ahead, which is not mended")
        {
            [Sees(Finding(TokenExpires, Severity.Critical))] = null,
            [Hours(1), Sees(TokenExpired)] = "FindingAdded: Changed +token-expired! =token-expired! [token-expired!]",
        },
        new("A secret that is missing mends nothing of the token that was in it")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), Sees(SecretMissing).LookingOnlyFor(SecretDisabled)] = "FindingAdded: Changed +secret-missing! =secret-missing! =scope-missing! [secret-missing! scope-missing!]",
        },
        new("A token in place of a dead one that has an end ahead of it mends the death")
        {
            [Sees(TokenRevoked)] = null,
            [Hours(1), Sees(TokenExpires).WithToken("bbbbbbbb")] = "FindingAdded, FindingMended: Changed +token-expires -token-revoked! =token-expires [token-expires]",
        },
        new("A refusal in use that is over is mended, though the token still has an end ahead of it")
        {
            [Sees(TokenInvalid, TokenExpires)] = null,
            [Hours(1), Sees(TokenExpires)] = "FindingMended: Changed -token-invalid! =token-expires [token-expires]",
        },

        // Rotation.
        new("A healthy token in place of a healthy one is told once")
        {
            [SeesNothingWrong("aaaaaaaa")] = "NothingToTell",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NewTokenVerified: NewTokenVerified new token bbbbbbbb",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NothingToTell",
        },
        new("A new token that could not be inspected is not verified before it could")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), SeesNothing().WithToken("bbbbbbbb")] = "CouldNotFindOut",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NewTokenVerified: NewTokenVerified new token bbbbbbbb",
        },
        new("A new token that mends everything is one message, which names it")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(TokenRevoked)] = null,
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "IncidentResolved: Resolved -token-revoked! new token bbbbbbbb",
            [Hours(1), SeesNothingWrong("bbbbbbbb")] = "NothingToTell",
        },
        new("The same token mended is not called new")
        {
            [SeesNothingWrong("aaaaaaaa")] = null,
            [Hours(1), Sees(AppNotSubscribed)] = null,
            [Hours(1), SeesNothingWrong("aaaaaaaa")] = "IncidentResolved: Resolved -app-not-subscribed",
        },
        new("A new token that is not healthy opens an incident, and is named when all is mended")
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

        // Blindness.
        new("Three checks running that could not find out are told, once")
        {
            [SeesNothing()] = "CouldNotFindOut",
            [Hours(1), SeesNothing()] = "CouldNotFindOut",
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
            [Hours(1), SeesNothing()] = "BlindReminderNotDue",
        },
        new("A check that could find out begins the count anew")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothingWrong()] = "NothingToTell",
            [Hours(1), SeesNothing()] = "CouldNotFindOut",
            [Hours(1), SeesNothing()] = "CouldNotFindOut",
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
        },
        new("An incomplete check that found something begins the count anew")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), Sees(ScopeMissing).WithGap()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
            [Hours(1), SeesNothing()] = "CouldNotFindOut [scope-missing!]",
        },
        new("Who was not told of blindness is not told that it is over")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothingWrong()] = "NothingToTell",
        },
        new("Who was told of blindness is told once that it is over")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
            [Hours(1), SeesNothingWrong()] = "SeesAgain: SeesAgain",
            [Hours(1), SeesNothingWrong()] = "NothingToTell",
        },
        new("Blindness is over with a complete check, not with one that found something and not all")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
            [Hours(1), Sees(ScopeMissing).WithGap()] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
            [Hours(1), Sees(ScopeMissing)] = "ReminderNotDue, SeesAgain: SeesAgain [scope-missing!]",
        },
        new("A warning out of the vault is told and reminded of while nobody sees the token, and hides no blindness")
        {
            [Sees(SecretExpires)] = "IncidentOpened: Opened +secret-expires =secret-expires [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, CouldNotFindOut [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, CouldNotFindOut [secret-expires]",
            [Hours(1), Sees(SecretExpires).WithGap().LookingOnlyFor()] = "ReminderNotDue, WentBlind: Blind [secret-expires]",
            [Hours(1), Sees(SecretExpires, SecretAmbiguous).WithGap().LookingOnlyFor()] =
                "FindingAdded, BlindReminderNotDue: Changed +secret-ambiguous =secret-ambiguous =secret-expires [secret-ambiguous secret-expires]",
            [Days(7), Sees(SecretExpires, SecretAmbiguous).WithGap().LookingOnlyFor()] =
                "ReminderDue, BlindReminderDue: Reminder =secret-ambiguous =secret-expires: BlindReminder [secret-ambiguous secret-expires]",
            [Hours(1), Sees(SecretExpires, SecretAmbiguous)] = "ReminderNotDue, SeesAgain: SeesAgain [secret-ambiguous secret-expires]",
        },
        new("A warning out of the vault that appears while nobody sees the token opens its incident")
        {
            [Sees(SecretExpires).WithGap().LookingOnlyFor()] = "IncidentOpened, CouldNotFindOut: Opened +secret-expires =secret-expires [secret-expires]",
        },
        new("Sight that returns with bad news is two messages: two incidents")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
            [Hours(1), Sees(ScopeMissing)] = "IncidentOpened, SeesAgain: Opened +scope-missing! =scope-missing!: SeesAgain [scope-missing!]",
        },
        new("Blindness is reminded of after the interval less five minutes")
        {
            [SeesNothing()] = null,
            [Hours(1), SeesNothing()] = null,
            [Hours(1), SeesNothing()] = "WentBlind: Blind",
            [Hours(24) - Minutes(5) - TimeSpan.FromSeconds(1), SeesNothing()] = "BlindReminderNotDue",
            [TimeSpan.FromSeconds(1), SeesNothing()] = "BlindReminderDue: BlindReminder",
            [Hours(1), SeesNothing()] = "BlindReminderNotDue",
        },
        new("The clock going back puts the reminder of blindness off by no more than the interval")
        {
            [SeesNothing(), Standard with { BlindAfter = 1 }] = "WentBlind: Blind",
            [Days(-2), SeesNothing(), Standard with { BlindAfter = 1 }] = "BlindReminderNotDue",
            [Hours(24), SeesNothing(), Standard with { BlindAfter = 1 }] = "BlindReminderDue: BlindReminder",
        },
        new("After how many checks the monitor counts as blind is a setting")
        {
            [SeesNothing(), Standard with { BlindAfter = 2 }] = "CouldNotFindOut",
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 2 }] = "WentBlind: Blind",
        },
        new("A lower setting counts the checks that were")
        {
            [SeesNothing(), Standard with { BlindAfter = 5 }] = null,
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 5 }] = null,
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 5 }] = "CouldNotFindOut",
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 2 }] = "WentBlind: Blind",
        },
        new("Who was told of blindness is not told anew because the setting was raised")
        {
            [SeesNothing(), Standard with { BlindAfter = 1 }] = "WentBlind: Blind",
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 3 }] = "BlindReminderNotDue",
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 3 }] = "BlindReminderNotDue",
        },
        new("The end of blindness and of an incident are two messages")
        {
            [Sees(ScopeMissing)] = null,
            [Hours(1), SeesNothing(), Standard with { BlindAfter = 1 }] = "WentBlind: Blind [scope-missing!]",
            [Hours(1), SeesNothingWrong()] = "IncidentResolved, SeesAgain: Resolved -scope-missing!: SeesAgain",
        },

        // Who looked first and comes last.
        new("A look at a token that another check has seen replaced since says nothing")
        {
            [Sees(TokenRevoked).LookedAt(Hours(0))] = null,
            [Hours(1), SeesNothingWrong("bbbbbbbb").LookedAt(Hours(1))] = "IncidentResolved: Resolved -token-revoked! new token bbbbbbbb",
            [Minutes(1), Sees(TokenRevoked).LookedAt(Hours(1) - Minutes(1))] = "SeenLaterByAnother",
            [Hours(1), SeesNothingWrong("bbbbbbbb").LookedAt(Hours(2))] = "NothingToTell",
        },
        new("A look that found no token says nothing where another check has seen one since")
        {
            [SeesNothingWrong().LookedAt(Hours(0))] = null,
            [Minutes(1), (Sees(SecretMissing) with { Fingerprint = null }).LookedAt(-Minutes(1))] = "SeenLaterByAnother",
        },
        new("A look at a token that another check has seen replaced since says nothing, however little that one could find out of the new one")
        {
            [Sees(TokenRevoked).WithToken("bbbbbbbb").WithGap().LookingOnlyFor().LookedAt(Hours(0))] = null,
            [Minutes(1), Sees(ScopeMissing).LookedAt(-Minutes(1))] = "SeenLaterByAnother [token-revoked!]",
        },
        new("A look at a token that a complete one has seen otherwise since says nothing")
        {
            [Sees(TokenRevoked).LookedAt(Hours(0))] = null,
            [Minutes(1), SeesNothingWrong().LookedAt(-Minutes(1))] = "SeenLaterByAnother [token-revoked!]",
        },
        new("What an earlier look found counts where the later one saw the same token and not all of it")
        {
            [SeesNothingWrong().WithGap().LookingOnlyFor().LookedAt(Hours(0))] = "CouldNotFindOut",
            [Minutes(1), Sees(ScopeMissing).LookedAt(-Minutes(1))] = "IncidentOpened: Opened +scope-missing! =scope-missing! [scope-missing!]",
        },
        new("Who saw neither a token nor that there is none overrules nobody")
        {
            [SeesNothing().LookedAt(Hours(0))] = "CouldNotFindOut",
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
    public void Of_what_is_gone_the_message_knows_what_is_accepted_and_what_is_mended()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(ScopeMissing, AppNotSubscribed, AccessReduced));

        var changed = story.Told(Hours(1), Sees(AppNotSubscribed, AccessReduced).Ignoring(AccessReduced));
        var resolved = story.Told(Hours(1), Sees(AppNotSubscribed, AccessReduced).Ignoring(AppNotSubscribed, AccessReduced));

        Assert.Equal([(ScopeMissing, false), (AccessReduced, true)], changed.Mended.Select(finding => (finding.Kind, finding.IsIgnored)));
        Assert.Equal([(AppNotSubscribed, true)], resolved.Mended.Select(finding => (finding.Kind, finding.IsIgnored)));
    }

    public static TheoryData<string> Sentences => [.. Table.Select(row => row.Sentence)];

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_table_holds(string sentence)
    {
        var story = new IncidentStory();
        foreach (var (after, seen, settings, expected) in Table.Single(row => row.Sentence == sentence).Checks)
        {
            story.Settings = settings ?? Standard;
            var planned = Describe(story.Check(after, seen));
            Assert.True(expected is null || expected == planned, $"After {after}:\nexpected {expected}\nplanned  {planned}");
        }
    }

    [Fact]
    public void The_table_and_the_countdown_cover_every_decision_of_the_planner()
    {
        var expected = string.Join(' ', Table.SelectMany(row => row.Checks).Select(check => check.Expected));
        var elsewhere = new[]
        {
            Decision.CountdownStep, // below
            Decision.ChannelFailing, // the outbox's, not the planner's
        };

        Assert.All(Enum.GetValues<Decision>().Except(elsewhere), decision => Assert.Contains(decision.ToString(), expected, StringComparison.Ordinal));
    }

    // Countdown.

    [Fact]
    public void An_end_that_comes_nearer_is_told_once_at_each_step_and_as_critical_from_seven_days_on()
    {
        var story = new IncidentStory { Settings = Standard with { RemindEvery = Days(1000), RemindOfWarningsEvery = Days(1000) } };
        var end = Start + Days(40);
        var told = new List<string>();
        for (var hour = 0; hour < 40 * 24; hour++)
        {
            var plan = story.Check(Hours(hour == 0 ? 0 : 1), Expiring(end, Start + Hours(hour)));
            if (!plan.Next.Owed.IsEmpty)
            {
                told.Add($"{(end - story.Now).TotalDays} days: {Describe(plan)}");
            }
        }

        Assert.Equal(
            [
                "40 days: IncidentOpened: Opened +token-expires =token-expires [token-expires]",
                "30 days: CountdownStep: Countdown =token-expires [token-expires@30]",
                "14 days: CountdownStep: Countdown =token-expires [token-expires@14]",
                "7 days: FindingGotWorse, CountdownStep: Countdown =token-expires! [token-expires!@7]",
                "3 days: CountdownStep: Countdown =token-expires! [token-expires!@3]",
                "1 days: CountdownStep: Countdown =token-expires! [token-expires!@1]",
            ],
            told);
    }

    [Fact]
    public void Steps_that_went_by_without_a_check_are_one_message()
    {
        var story = new IncidentStory();
        var end = Start + Days(35);
        story.Check(Days(0), Expiring(end, Start));

        var plan = story.Check(Days(25), Expiring(end, Start + Days(25)));

        Assert.Equal("CountdownStep: Countdown =token-expires [token-expires@14]", Describe(plan));
    }

    [Fact]
    public void An_incident_that_opens_near_the_end_does_not_tell_its_step_again()
    {
        var story = new IncidentStory();
        var end = Start + Days(10);

        Assert.Equal(
            "IncidentOpened: Opened +token-expires =token-expires [token-expires@14]",
            Describe(story.Check(Days(0), Expiring(end, Start))));
        Assert.Equal("ReminderNotDue [token-expires@14]", Describe(story.Check(Hours(1), Expiring(end, Start + Hours(1)))));
    }

    [Fact]
    public void A_step_puts_off_the_reminder()
    {
        var story = new IncidentStory();
        var end = Start + Days(20);
        story.Check(Days(0), Expiring(end, Start));
        story.Check(Days(6.5), Expiring(end, Start + Days(6.5)));

        Assert.Equal(
            ["IncidentOpened", "CountdownStep", "ReminderNotDue"],
            [story.Plans[0].Decisions[0].ToString(), story.Plans[1].Decisions[0].ToString(), story.Check(Days(1), Expiring(end, Start + Days(7.5))).Decisions[0].ToString()]);
    }

    [Fact]
    public void A_step_told_together_with_something_new_is_a_change()
    {
        var story = new IncidentStory();
        var end = Start + Days(31);
        story.Check(Days(0), Expiring(end, Start));

        var plan = story.Check(Days(2), Sees(Finding(TokenExpires, deadline: end), Finding(ScopeMissing)));

        Assert.Equal(
            "FindingAdded, CountdownStep: Changed +scope-missing! =scope-missing! =token-expires [scope-missing! token-expires@30]",
            Describe(plan));
    }

    // What messages say.

    [Fact]
    public void Every_message_of_an_incident_carries_its_id_and_how_often_people_were_told_before()
    {
        var story = new IncidentStory();
        Notice[] told =
        [
            story.Told(Hours(0), Sees(ScopeMissing)),
            story.Told(Hours(1), Sees(ScopeMissing, AppNotSubscribed)),
            story.Told(Hours(24), Sees(ScopeMissing, AppNotSubscribed)),
            story.Told(Hours(1), SeesNothingWrong()),
        ];

        Assert.All(told, notice => Assert.Equal("production-incident-20260301T030700Z", notice.IncidentId));
        Assert.All(told, notice => Assert.Equal(Start, notice.Since));
        Assert.All(told, notice => Assert.Equal(["email", "teams"], notice.OwedTo));
        Assert.Equal([0, 1, 2, 3], told.Select(notice => notice.TimesToldBefore));
        Assert.Equal([Start, Start + Hours(1), Start + Hours(25), Start + Hours(26)], told.Select(notice => notice.At));
        Assert.Equal([Start + Hours(24), Start + Hours(25), Start + Hours(49), null], told.Select(notice => notice.NextAt));
    }

    [Fact]
    public void The_next_incident_has_an_id_of_its_own()
    {
        var story = new IncidentStory();
        var first = story.Told(Hours(0), Sees(ScopeMissing));
        story.Check(Hours(1), SeesNothingWrong());

        Assert.NotEqual(first.IncidentId, story.Told(Hours(1), Sees(ScopeMissing)).IncidentId);
    }

    [Fact]
    public void Warnings_say_when_they_will_be_told_again_by_their_own_interval() =>
        Assert.Equal(Start + Days(7), new IncidentStory().Told(Hours(0), Sees(AppNotSubscribed)).NextAt);

    [Theory]
    [InlineData(20, 6)]
    [InlineData(16, 2)]
    [InlineData(40, 7)]
    [InlineData(2.5, 1.5)]
    [InlineData(0.5, 7)]
    public void An_end_that_comes_nearer_is_told_before_the_next_reminder_where_it_comes_first(double daysToTheEnd, double daysToTheNextMessage) => Assert.Equal(
        Start + Days(daysToTheNextMessage),
        new IncidentStory().Told(Hours(0), Sees(Finding(TokenExpires, deadline: Start + Days(daysToTheEnd)))).NextAt);

    [Fact]
    public void A_dead_tokens_ends_are_not_announced()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(Finding(DataAccessExpires, deadline: Start + Days(16))));

        var died = story.Told(Hours(1), Sees(TokenRevoked).LookingOnlyFor(TokenRevoked));
        var reminded = story.Told(Days(3), Sees(TokenRevoked).LookingOnlyFor(TokenRevoked));

        Assert.Equal([died.At + Days(1), reminded.At + Days(1)], [died.NextAt!.Value, reminded.NextAt!.Value]);
    }

    [Fact]
    public void A_token_with_another_end_is_announced_by_its_own()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(Finding(TokenExpires, deadline: Start + Days(60))));
        story.Check(Days(10), Sees(Finding(TokenExpires, deadline: Start + Days(70))));

        // The thirtieth day before the end comes three days after this reminder, the seventh after the last.
        var reminded = story.Told(Days(27), Sees(Finding(TokenExpires, deadline: Start + Days(70))));

        Assert.Equal(Start + Days(40), reminded.NextAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_blind_monitor_remembers_whether_it_sees_the_token_live(bool isLifeKnown)
    {
        var story = new IncidentStory();
        var seen = isLifeKnown ? SeesNothingWrong().WithGap("Graph did not say.") : SeesNothing();
        story.Check(Hours(0), seen);
        story.Check(Hours(1), seen);

        Assert.Equal(isLifeKnown, story.Told(Hours(1), seen).IsValidityKnown);
    }

    [Fact]
    public void An_opening_says_since_when_the_token_had_been_healthy()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), SeesNothingWrong());
        story.Check(Hours(1), SeesNothingWrong());
        story.Check(Hours(1), SeesNothing());

        Assert.Equal(Start, story.Told(Hours(1), Sees(ScopeMissing)).HealthySince);
        Assert.Null(story.Memory.HealthySince);

        story.Check(Hours(1), SeesNothingWrong());
        Assert.Equal(Start + Hours(4), story.Memory.HealthySince);
    }

    [Fact]
    public void A_token_is_not_healthy_while_its_incident_is_open()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(SendingBlocked));

        story.Check(Hours(1), SeesNothingWrong().LookingOnlyFor(ScopeMissing));

        Assert.NotNull(story.Memory.Incident);
        Assert.Null(story.Memory.HealthySince);
    }

    [Fact]
    public void A_reminder_says_what_the_last_check_saw_not_what_the_first_did()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(Finding(ScopeMissing) with { Details = new FindingDetails.Scopes(["then"]) }));

        var notice = story.Told(Hours(24), Sees(Finding(ScopeMissing) with { Details = new FindingDetails.Scopes(["now"]) }));

        Assert.Equal(["now"], Assert.IsType<FindingDetails.Scopes>(Assert.Single(notice.Present).Details).Affected);
    }

    [Fact]
    public void A_finding_is_remembered_since_when_it_was_first_seen_also_when_it_gets_worse()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(Finding(DataAccessExpires)));
        story.Check(Hours(1), Sees(Finding(DataAccessExpires, Severity.Critical), Finding(ScopeMissing)));

        Assert.Equal(
            [(ScopeMissing, Start + Hours(1)), (DataAccessExpires, Start)],
            story.Memory.Incident!.Findings.Select(one => (one.Finding.Kind, one.Since)));
    }

    [Fact]
    public void What_varies_from_check_to_check_alone_is_no_reason_to_remember_anew()
    {
        var story = new IncidentStory();
        story.Check(Hours(0), Sees(Finding(ScopeMissing) with { GraphError = GraphError.NoAnswer("x") with { TraceId = "A1" } }));
        var before = story.Memory;

        story.Check(Hours(1), Sees(Finding(ScopeMissing) with { GraphError = GraphError.NoAnswer("x") with { TraceId = "B2" } }));

        Assert.True(TokenMonitor.Incidents.Stores.MemoryStore.AreAlike(before, story.Memory));
    }

    [Fact]
    public void Blindness_says_why_as_the_last_check_knows_it_and_since_when()
    {
        var story = new IncidentStory { Settings = Standard with { BlindAfter = 2 } };
        story.Check(Hours(0), SeesNothing("The vault did not answer."));

        var blind = story.Told(Hours(1), SeesNothing("Graph answered 503.").WithGap("Graph answered 503.").WithGap("The list was cut short."));

        Assert.Equal(["Graph answered 503.", "Graph answered 503.", "The list was cut short."], blind.Unknowns.Select(unknown => unknown.Diagnostic));
        Assert.Equal(Start, blind.Since);
        Assert.Equal("production-blind-20260301T030700Z", blind.IncidentId);
        Assert.Equal(Start + Hours(25), blind.NextAt);

        var reminder = story.Told(Hours(24), SeesNothing("DNS."));
        Assert.Equal((blind.IncidentId, 1, "DNS."), (reminder.IncidentId, reminder.TimesToldBefore, Assert.Single(reminder.Unknowns).Diagnostic));

        var over = story.Told(Hours(1), SeesNothingWrong());
        Assert.Equal((blind.IncidentId, 2, (DateTimeOffset?)null), (over.IncidentId, over.TimesToldBefore, over.NextAt));
    }

    // Owing.

    [Fact]
    public void Nobody_is_owed_anything_where_no_channel_is_configured()
    {
        var story = new IncidentStory { Settings = new IncidentSettings { Channels = [] } };

        Assert.Empty(story.Check(Hours(0), Sees(ScopeMissing)).Next.Owed);
        Assert.NotNull(story.Memory.Incident);
    }

    [Fact]
    public void A_channel_that_is_no_longer_configured_is_owed_nothing_and_does_not_fail()
    {
        var story = new IncidentStory { NobodyAccepts = true };
        var memory = story.Check(Hours(0), Sees(ScopeMissing)).Next with
        {
            Failing = System.Collections.Immutable.ImmutableSortedDictionary<string, ChannelTrouble>.Empty.Add("teams", new ChannelTrouble(2, Start, "404", IsTold: false)),
        };

        var next = IncidentPlanner.Plan(memory, "production", Sees(ScopeMissing), Start + Hours(1), new IncidentSettings { Channels = ["email"] }).Next;

        Assert.Equal(["email"], Assert.Single(next.Owed).OwedTo);
        Assert.Empty(next.Failing);
    }

    [Fact]
    public void What_only_a_removed_channel_was_owed_is_owed_no_more()
    {
        var story = new IncidentStory { NobodyAccepts = true, Settings = new IncidentSettings { Channels = ["teams"] } };
        story.Check(Hours(0), Sees(ScopeMissing));
        story.Settings = new IncidentSettings { Channels = ["email"] };

        Assert.Empty(story.Check(Hours(1), Sees(ScopeMissing)).Next.Owed);
    }

    [Fact]
    public void A_channel_that_was_added_is_owed_what_is_told_from_then_on()
    {
        var story = new IncidentStory { Settings = new IncidentSettings { Channels = ["email"] } };
        story.Check(Hours(0), Sees(ScopeMissing));
        story.Settings = Standard;

        Assert.Empty(story.Check(Hours(1), Sees(ScopeMissing)).Next.Owed);
        Assert.Equal(["email", "teams"], story.Told(Hours(23), Sees(ScopeMissing)).OwedTo);
    }

    [Fact]
    public void An_incident_resolved_before_anybody_could_be_told_of_it_is_one_message_that_says_both()
    {
        var story = new IncidentStory { NobodyAccepts = true };
        story.Check(Hours(0), Sees(ScopeMissing));

        var notice = story.Told(Hours(1), SeesNothingWrong());

        Assert.Equal(NoticeKind.Resolved, notice.Kind);
        Assert.Equal(ScopeMissing, Assert.Single(notice.Added).Kind);
        Assert.Equal(ScopeMissing, Assert.Single(notice.Mended).Kind);
        Assert.Equal(0, notice.TimesToldBefore);
    }

    [Fact]
    public void Planning_changes_nothing_of_what_it_was_given()
    {
        var memory = IncidentPlanner.Plan(TokenMemory.Empty, "production", Sees(ScopeMissing), Start, Standard).Next;
        var copy = memory with { };

        IncidentPlanner.Plan(memory, "production", Sees(TokenRevoked), Start + Hours(30), Standard);

        Assert.Equal(copy, memory);
        Assert.Equal(TokenMemory.Empty, new TokenMemory());
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
}
