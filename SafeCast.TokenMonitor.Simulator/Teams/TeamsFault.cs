using System.Globalization;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator.Teams;

/// <summary>Faults of a Workflows webhook.</summary>
public static class TeamsFault
{
    /// <summary>401 without a body: the flow requires a signed-in user.</summary>
    public static Fault SignInRequired() => Fault.Answer(401, contentType: null);

    /// <summary>403 without a body: the same, from another gateway.</summary>
    public static Fault Forbidden() => Fault.Answer(403, contentType: null);

    /// <summary>404: the flow or its owner was deleted.</summary>
    public static Fault FlowDeleted() => Error(404, "WorkflowNotFound", "The workflow could not be found.");

    /// <summary>400: the flow is turned off.</summary>
    public static Fault FlowDisabled() => Error(400, "WorkflowTriggerIsNotEnabled", "Could not execute workflow trigger 'manual' of workflow with state 'Disabled': trigger is not enabled.");

    /// <summary>400: the flow begins with another trigger, or expects another body.</summary>
    public static Fault OtherTrigger() => Error(400, "TriggerInputSchemaMismatch", "The input body for trigger 'manual' of type 'Request' did not match its schema definition.");

    /// <summary>401: the flow requires a signed-in user, with the code that says so.</summary>
    public static Fault DirectApiAuthorizationRequired() => Error(401, "DirectApiAuthorizationRequired", "The request must be authenticated only by the 'OAuth' scheme.");

    /// <summary>401: the signature in the URL is wrong.</summary>
    public static Fault WrongSignature() => Error(401, "AuthorizationFailed", "The authentication credentials are not valid.");

    /// <summary>200 of a retired connector: the message was not delivered.</summary>
    public static Fault DeliveryFailed() => Fault.Answer(200, "\"Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429\"");

    /// <summary>410: the address is retired.</summary>
    public static Fault Gone() => Error(410, "Gone", "The requested resource is no longer available.");

    /// <summary>429: more than 4 calls a second.</summary>
    /// <param name="retryAfter">The delay in <c>Retry-After</c>, in whole seconds; null: no header.</param>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => Fault.Answer(
        429,
        Body("TooManyRequests", "The number of requests has exceeded the limit."),
        headers: retryAfter is { } wait ? [("Retry-After", ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture))] : []);

    /// <summary>502: the flow did not answer its gateway in time.</summary>
    public static Fault NoResponse() => Error(502, "NoResponse", "The server did not receive a response from an upstream server.");

    private static Fault Error(int status, string code, string message) => Fault.Answer(status, Body(code, message));

    private static string Body(string code, string message) => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""";
}
