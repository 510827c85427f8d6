using System.Globalization;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The error of an invalid token: in the data of debug_token, and in calls with the token.</summary>
internal sealed record TokenFailure(int? Subcode, string Message)
{
    private const string Prefix = "Error validating access token: ";

    /// <summary>The error of the token; null: it is valid.</summary>
    public static TokenFailure? Of(GraphToken token, DateTimeOffset now) => token.StateAt(now) switch
    {
        SimulatedTokenState.Valid => null,
        SimulatedTokenState.AppRemoved => new(458, $"{Prefix}The user has not authorized application {token.App.Id}."),
        SimulatedTokenState.Checkpoint => new(459, $"{Prefix}You cannot access the app till you log in to www.facebook.com and follow the instructions given."),
        SimulatedTokenState.Invalidated => new(460, $"{Prefix}The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons."),
        SimulatedTokenState.Expired => new(463, $"{Prefix}Session has expired on {Date(ExpiryOf(token, now))}. The current time is {Date(now)}."),
        SimulatedTokenState.Unconfirmed => new(464, $"{Prefix}Sessions for the user are not allowed because the user is not a confirmed user."),
        SimulatedTokenState.Revoked => new(466, $"{Prefix}The session was revoked."),
        SimulatedTokenState.LoggedOut => new(467, $"{Prefix}The session is invalid because the user logged out."),
        SimulatedTokenState.Other => new(token.OtherSubcode, $"{Prefix}Session does not match current stored session. This may be because the user changed the password since the time the session was created or Facebook has changed the session for security reasons."),
        SimulatedTokenState.WithoutReason => new(null, "Invalid OAuth access token."),
        var state => throw new InvalidOperationException($"No such state of a token: {state}"),
    };

    /// <summary>The time when the token became invalid, invented if it is not set.</summary>
    public static DateTimeOffset ExpiryOf(GraphToken token, DateTimeOffset now) => token.ExpiresAt is { } expiry && expiry <= now ? expiry : now.AddHours(-1);

    public GraphError ToError() => new(190, Message) { Status = 401, Subcode = Subcode };

    // Local dates in a local format, as Meta's messages have them: nothing to parse.
    private static string Date(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(-8)).ToString("dddd, dd-MMM-yy HH:mm:ss 'PST'", CultureInfo.InvariantCulture);
}
