using SafeCast.TokenMonitor.Inspection.Graph;

namespace SafeCast.TokenMonitor.Tests.Inspection.Graph;

public sealed class GraphErrorClassifierTests
{
    private const string Localised = "Fehler beim \u00dcberpr\u00fcfen des Zugriffsschl\u00fcssels";

    /// <summary>Code, subcode, message, and what that is about.</summary>
    public static TheoryData<string, long, long?, string, GraphErrorClass> Table { get; } = new()
    {
        { "the app was removed from the user", 190, 458, Localised, GraphErrorClass.Token },
        { "the user must log in and answer to Meta", 190, 459, Localised, GraphErrorClass.Token },
        { "the password was changed, or Meta's security stepped in", 190, 460, Localised, GraphErrorClass.Token },
        { "its time is over", 190, 463, Localised, GraphErrorClass.Token },
        { "the user is not confirmed", 190, 464, Localised, GraphErrorClass.Token },
        { "somebody revoked it", 190, 466, Localised, GraphErrorClass.Token },
        { "the user logged out", 190, 467, Localised, GraphErrorClass.Token },
        { "a subcode that is unknown is still about the token", 190, 452, Localised, GraphErrorClass.Token },
        { "no subcode at all is about the token", 190, null, Localised, GraphErrorClass.Token },
        { "what is no token", 190, null, "Invalid OAuth access token - Cannot parse access token", GraphErrorClass.Token },
        { "what is half a token", 190, null, "The access token could not be decrypted", GraphErrorClass.Token },
        { "a subcode outweighs a text", 190, 463, "Error validating application.", GraphErrorClass.Token },
        { "a role on a page is lost, the token lives", 190, 492, Localised, GraphErrorClass.WrongKindOfToken },
        { "the wrong kind of credential", 190, null, "(#190) Application Secret required", GraphErrorClass.WrongKindOfToken },
        { "an app that does not exist", 190, null, "Error validating application. Cannot get application info due to a system error.", GraphErrorClass.App },
        { "an app that does not exist, in older words", 101, null, Localised, GraphErrorClass.App },
        { "a deleted app", 190, null, "Error validating application. Application has been deleted.", GraphErrorClass.App },
        { "a disabled app, with the code of a missing permission", 200, null, "(#200) Application is disabled", GraphErrorClass.App },
        { "a deprecated version", 2635, null, "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v25.0.", GraphErrorClass.Version },
        { "a version in the path that Graph does not know", 2500, null, "Unknown path components: /v99.0/debug_token", GraphErrorClass.Version },
        { "an unsupported version", 100, null, "Unsupported version", GraphErrorClass.Version },
        { "another error with the code of an unknown path", 2500, null, "An active access token must be used to query information about the current user.", GraphErrorClass.Unknown },
        { "the payment of the account failed", 131042, null, "(#131042) Business eligibility payment issue", GraphErrorClass.Account },
        { "the number is not registered", 133010, null, "(#133010) Phone number not registered", GraphErrorClass.NumberNotRegistered },
        { "a blocked app", 200, null, "API access blocked.", GraphErrorClass.App },
        { "a deactivated app", 200, null, "API access deactivated. To reactivate, go to the app dashboard", GraphErrorClass.App },
        { "a deactivated app under the code of a dead token", 190, null, "API access deactivated. To reactivate, go to the app dashboard", GraphErrorClass.App },
        { "a blocked app under the code of a missing permission", 10, null, "(#10) API access blocked.", GraphErrorClass.App },
        { "a blocked app under a code that is unknown", 5, null, "API access blocked.", GraphErrorClass.App },
        { "the inspector may not inspect", 100, null, "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app", GraphErrorClass.WrongKindOfToken },
        { "the token is another app's", 100, null, "(#100) The App_id in the input_token did not match the Viewing App", GraphErrorClass.AnotherApp },
        { "the proof is wrong", 100, null, "Invalid appsecret_proof provided in the API argument", GraphErrorClass.AppSecretProof },
        { "the proof is missing", 100, null, "API calls from the server require an appsecret_proof argument", GraphErrorClass.AppSecretProof },
        { "the proof is missing, by a code of its own", 104, null, Localised, GraphErrorClass.AppSecretProof },
        { "the asset does not exist, or may not be seen", 100, 33, Localised, GraphErrorClass.Asset },
        { "the id is a system user's", 100, null, "(#100) Tried accessing nonexisting field (health_status) on node type (SystemUser)", GraphErrorClass.Asset },
        { "the id is an app's", 100, null, "(#100) Tried accessing nonexisting field (display_phone_number) on node type (Application)", GraphErrorClass.Asset },
        { "a field that its own type has lost says nothing", 100, null, "(#100) Tried accessing nonexisting field (health_status) on node type (WhatsAppBusinessPhoneNumber)", GraphErrorClass.Unknown },
        { "some other wrong parameter says nothing", 100, null, "(#100) Tried accessing nonexisting field (health_status)", GraphErrorClass.Unknown },
        { "some other wrong parameter, by subcode", 100, 2388001, Localised, GraphErrorClass.Unknown },
        { "the portfolio may not be read", 100, null, "(#100) Missing Permission", GraphErrorClass.Permission },
        { "the portfolio is none", 100, null, "(#100) Param business must be a valid business", GraphErrorClass.Asset },
        { "no permission", 10, null, Localised, GraphErrorClass.Permission },
        { "no capability", 3, null, Localised, GraphErrorClass.Permission },
        { "no permission for the object", 200, null, "(#200) Requires whatsapp_business_management permission to manage the object", GraphErrorClass.Permission },
        { "the first of the permissions", 201, null, Localised, GraphErrorClass.Permission },
        { "one of the permissions", 294, null, Localised, GraphErrorClass.Permission },
        { "the last of the permissions", 299, null, Localised, GraphErrorClass.Permission },
        { "no permission, in WhatsApp's words", 131005, null, Localised, GraphErrorClass.Permission },
        { "the account is locked", 131031, null, Localised, GraphErrorClass.Account },
        { "the account is blocked for its behaviour", 368, null, Localised, GraphErrorClass.Account },
        { "the account is restricted in this country", 130497, null, Localised, GraphErrorClass.Account },
        { "the app has made too many calls", 4, null, Localised, GraphErrorClass.Throttled },
        { "an unknown error of Meta's", 1, null, Localised, GraphErrorClass.Transient },
        { "an outage, or one of Meta's own updates", 2, null, Localised, GraphErrorClass.Transient },
        { "the user has made too many calls", 17, null, Localised, GraphErrorClass.Transient },
        { "the page has had too many calls", 32, null, Localised, GraphErrorClass.Transient },
        { "a limit is reached for now", 341, null, Localised, GraphErrorClass.Transient },
        { "a custom limit", 613, null, Localised, GraphErrorClass.Transient },
        { "the first of the business limits", 80000, null, Localised, GraphErrorClass.Transient },
        { "too many reads of the account", 80008, null, Localised, GraphErrorClass.Transient },
        { "the last of the business limits", 80014, null, Localised, GraphErrorClass.Transient },
        { "too many messages", 130429, null, Localised, GraphErrorClass.Transient },
        { "just before the permissions", 199, null, Localised, GraphErrorClass.Unknown },
        { "just behind the permissions", 300, null, Localised, GraphErrorClass.Unknown },
        { "just before the business limits", 79999, null, Localised, GraphErrorClass.Unknown },
        { "just behind the business limits", 80015, null, Localised, GraphErrorClass.Unknown },
        { "a code that is unknown", 987654, 12, Localised, GraphErrorClass.Unknown },
        { "no error, says the code", 0, null, Localised, GraphErrorClass.Unknown },
        { "a code beyond all codes", long.MaxValue, null, Localised, GraphErrorClass.Unknown },
        { "a negative code", -190, null, Localised, GraphErrorClass.Unknown },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void An_error_is_about_what_its_code_says(string why, long code, long? subcode, string message, GraphErrorClass about)
    {
        Assert.NotEmpty(why);
        Assert.Equal(about, GraphErrorClassifier.Classify(400, code, subcode, message, isTransient: false));
        Assert.Equal(about, GraphErrorClassifier.Classify(401, code, subcode, message, isTransient: false));
        Assert.Equal(about, GraphErrorClassifier.Classify(200, code, subcode, message, isTransient: false));
        Assert.Equal(about, GraphErrorClassifier.Classify(httpStatus: null, code, subcode, message, isTransient: false));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Neither_a_status_nor_a_hint_makes_a_known_error_pass(string why, long code, long? subcode, string message, GraphErrorClass about)
    {
        Assert.NotEmpty(why);
        if (about is GraphErrorClass.Unknown)
        {
            return;
        }

        Assert.Equal(about, GraphErrorClassifier.Classify(400, code, subcode, message, isTransient: true));
        Assert.Equal(about, GraphErrorClassifier.Classify(429, code, subcode, message, isTransient: false));
        Assert.Equal(about, GraphErrorClassifier.Classify(500, code, subcode, message, isTransient: false));
    }

    [Theory]
    [InlineData("a 5xx passes", 500, false, GraphErrorClass.Transient)]
    [InlineData("a 503 passes", 503, false, GraphErrorClass.Transient)]
    [InlineData("a 429 passes", 429, false, GraphErrorClass.Transient)]
    [InlineData("Graph says that it passes", 400, true, GraphErrorClass.Transient)]
    [InlineData("nothing says that it passes", 400, false, GraphErrorClass.Unknown)]
    [InlineData("nothing says anything", null, false, GraphErrorClass.Unknown)]
    public void An_unknown_error_goes_by_status_and_hint(string why, int? status, bool isTransient, GraphErrorClass about)
    {
        Assert.NotEmpty(why);
        Assert.Equal(about, GraphErrorClassifier.Classify(status, 987654, null, Localised, isTransient));
        Assert.Equal(about, GraphErrorClassifier.Classify(status, code: null, null, Localised, isTransient));
    }

    [Theory]
    [InlineData(GraphErrorClass.Transient, true)]
    [InlineData(GraphErrorClass.Throttled, true)]
    [InlineData(GraphErrorClass.Unknown, true)]
    [InlineData(GraphErrorClass.Token, false)]
    [InlineData(GraphErrorClass.WrongKindOfToken, false)]
    [InlineData(GraphErrorClass.AnotherApp, false)]
    [InlineData(GraphErrorClass.App, false)]
    [InlineData(GraphErrorClass.AppSecretProof, false)]
    [InlineData(GraphErrorClass.Permission, false)]
    [InlineData(GraphErrorClass.Asset, false)]
    [InlineData(GraphErrorClass.Account, false)]
    public void No_verdict_is_based_on_transient_throttled_or_unknown_errors(GraphErrorClass about, bool saysNothing) =>
        Assert.Equal(saysNothing, new GraphError { Class = about, Message = "m" }.IsInconclusive);

    [Theory]
    [InlineData(190L, 466L, "190/466", "Graph error 190/466: revoked")]
    [InlineData(190L, null, "190", "Graph error 190: revoked")]
    [InlineData(null, null, null, "revoked")]
    public void An_error_prints_its_code_and_subcode(long? code, long? subcode, string? codes, string text)
    {
        var error = new GraphError { Class = GraphErrorClass.Token, Message = "revoked", Code = code, Subcode = subcode };

        Assert.Equal((codes, text), (error.CodeAndSubcode, error.ToString()));
    }
}
