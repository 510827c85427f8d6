namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>The errors that follow from the state of the world.</summary>
internal static class GraphErrors
{
    public static readonly GraphError NoToken = new(104, "An access token is required to request this resource.");

    public static readonly GraphError NoActiveToken = new(2500, "An active access token must be used to query information about the current user.");

    public static readonly GraphError CannotParse = new(190, "Invalid OAuth access token - Cannot parse access token") { Status = 401 };

    public static readonly GraphError CannotDecrypt = new(190, "The access token could not be decrypted") { Status = 401 };

    public static readonly GraphError WrongAppSecret = new(190, "Invalid OAuth access token signature.");

    public static readonly GraphError UnknownApp = new(190, "Error validating application. Cannot get application info due to a system error.");

    public static readonly GraphError AppDeleted = new(190, "Error validating application. Application has been deleted.");

    public static readonly GraphError AppBlocked = new(200, "API access blocked.");

    public static readonly GraphError AppDeactivated = new(200, "API access deactivated. To reactivate, go to the app dashboard");

    public static readonly GraphError AnotherApp = new(100, "(#100) The App_id in the input_token did not match the Viewing App");

    public static readonly GraphError NotEntitledToInspect = new(
        100, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app");

    public static readonly GraphError WrongProof = new(100, "Invalid appsecret_proof provided in the API argument") { Type = "GraphMethodException" };

    public static readonly GraphError NoProof = new(100, "API calls from the server require an appsecret_proof argument") { Type = "GraphMethodException" };

    public static readonly GraphError MayNotReadNumber = new(10, "(#10) Application does not have permission for this action") { Status = 403 };

    public static readonly GraphError InvalidCursor = new(100, "(#100) Invalid cursors values in pagination");

    public static GraphError MissingScope(string scope) => new(200, $"(#200) Requires {scope} permission to manage the object") { Status = 403 };

    public static GraphError NoSuchObject(string method, string id) => new(
        100,
        $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not "
        + "support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api")
    { Subcode = 33, Type = "GraphMethodException" };

    public static GraphError ParameterRequired(string name) => new(100, $"(#100) The parameter {name} is required");

    public static GraphError NoSuchField(string field, string nodeType) =>
        new(100, $"(#100) Tried accessing nonexisting field ({field}) on node type ({nodeType})");
}
