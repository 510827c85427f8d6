using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SafeCast.TokenMonitor.Simulator.Faults;

/// <summary>A fault of a call. The faults of a service are in its own class, such as GraphFault.</summary>
public abstract class Fault
{
    private protected Fault()
    {
    }

    /// <summary>The HTTP status that the client gets, if any.</summary>
    internal abstract int? AnsweredStatus { get; }

    /// <summary>A fixed answer.</summary>
    public static Fault Answer(
        int status, string body = "", string? contentType = "application/json", params (string Name, string Value)[] headers) =>
        new AnswerFault(status, Encoding.UTF8.GetBytes(body), contentType, headers);

    /// <summary>The HTML page of a proxy.</summary>
    public static Fault Html(int status = 502) => Answer(
        status, $"<!DOCTYPE html><html><head><title>{Number(status)}</title></head><body><h1>Sorry, something went wrong.</h1></body></html>", "text/html; charset=utf-8");

    /// <summary>A redirection.</summary>
    public static Fault Redirect(string location, int status = 302) => Answer(status, "", null, ("Location", location));

    /// <summary>An answer of this many bytes: a JSON string without an end.</summary>
    public static Fault Huge(int bytes, int status = 200) => Answer(status, "{\"data\":\"" + new string('x', bytes));

    /// <summary>The call is accepted and never answered.</summary>
    public static Fault Stall() => new StallFault(null);

    /// <summary>Status and headers are sent, the body never is.</summary>
    public static Fault StallAfterHeaders(int status = 200) => new StallFault(status);

    /// <summary>The connection is reset without an answer.</summary>
    public static Fault Reset() => new ResetFault();

    /// <summary>The connection is reset after a part of this body.</summary>
    public static Fault ResetWithinBody(string body, int status = 200) => new ResetWithinBodyFault(status, Encoding.UTF8.GetBytes(body));

    /// <summary>The call is delayed, in real time, and then answered as usual or with the given fault.</summary>
    public static Fault Delay(TimeSpan delay, Fault? then = null) => new DelayFault(delay, then);

    /// <summary>Applies the fault.</summary>
    /// <returns>True if the call is answered; false if it should be answered as usual.</returns>
    internal abstract Task<bool> ApplyAsync(HttpContext context, CancellationToken stopping);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
