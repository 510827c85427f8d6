using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

/// <summary>Something that goes wrong with a call. What each service would say itself stands with the service: GraphFault and its like.</summary>
public abstract class Fault
{
    private protected Fault()
    {
    }

    /// <summary>The HTTP status that the client gets to see, if any.</summary>
    internal abstract int? AnsweredStatus { get; }

    /// <summary>An answer word for word.</summary>
    public static Fault Answer(
        int status, string body = "", string? contentType = "application/json", params (string Name, string Value)[] headers) =>
        new AnswerFault(status, Encoding.UTF8.GetBytes(body), contentType, headers);

    /// <summary>What a proxy in between says: an HTML page.</summary>
    public static Fault Html(int status = 502) => Answer(
        status, $"<!DOCTYPE html><html><head><title>{Number(status)}</title></head><body><h1>Sorry, something went wrong.</h1></body></html>", "text/html; charset=utf-8");

    /// <summary>A redirection.</summary>
    public static Fault Redirect(string location, int status = 302) => Answer(status, "", null, ("Location", location));

    /// <summary>An answer of so many bytes, all of them inside one JSON string that never ends.</summary>
    public static Fault Huge(int bytes, int status = 200) => Answer(status, "{\"data\":\"" + new string('x', bytes));

    /// <summary>The call is accepted and never answered, until the client gives up.</summary>
    public static Fault Stall() => new StallFault(null);

    /// <summary>The status and headers come at once, the body never.</summary>
    public static Fault StallAfterHeaders(int status = 200) => new StallFault(status);

    /// <summary>The connection is reset without an answer.</summary>
    public static Fault Reset() => new ResetFault();

    /// <summary>The connection is reset in the middle of this body.</summary>
    public static Fault BreakOff(string body, int status = 200) => new BreakOffFault(status, Encoding.UTF8.GetBytes(body));

    /// <summary>The call takes longer, in real time, and then ends as it would have, or with the fault given.</summary>
    public static Fault Delay(TimeSpan delay, Fault? then = null) => new DelayFault(delay, then);

    /// <summary>Does it.</summary>
    /// <returns>True if the call has ended with this; false if it is to be answered as usual.</returns>
    internal abstract Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
