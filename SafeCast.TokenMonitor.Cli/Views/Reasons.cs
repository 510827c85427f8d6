using SafeCast.TokenMonitor.Incidents;

namespace SafeCast.TokenMonitor.Cli.Views;

/// <summary>The planner's reasons, in words.</summary>
internal static class Reasons
{
    public static string InWords(IEnumerable<Decision> decisions) => string.Join("; ", decisions.Select(InWords));

    private static string InWords(Decision decision) => decision switch
    {
        Decision.NothingToTell => "nothing is wrong, and nothing was",
        Decision.IncidentOpened => "something is wrong that was not before",
        Decision.FindingAdded => "something else is wrong as well",
        Decision.FindingMended => "something was mended",
        Decision.FindingGotWorse => "something got worse",
        Decision.CountdownStep => "the end has come nearer",
        Decision.ReminderDue => "it has been so for long enough to remind people",
        Decision.ReminderNotDue => "people know, and are not to be reminded yet",
        Decision.IncidentResolved => "everything is mended",
        Decision.CouldNotFindOut => "an outage says nothing about the token, and it is too early to call the monitor blind",
        Decision.WentBlind => "the monitor could not find out for too many checks running",
        Decision.BlindReminderDue => "the monitor has been blind for long enough to remind people",
        Decision.BlindReminderNotDue => "people know that the monitor is blind, and are not to be reminded yet",
        Decision.SeenLaterByAnother => "another check looked later, and what it saw is remembered already",
        Decision.SeesAgain => "the monitor sees again",
        Decision.NewTokenVerified => "a new token is in place, and is healthy",
        Decision.ChannelFailing => "a channel does not accept what is sent",
        _ => decision.ToString(),
    };
}
