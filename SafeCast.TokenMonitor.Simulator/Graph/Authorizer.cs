using System.Security.Cryptography;
using System.Text;

namespace SafeCast.TokenMonitor.Simulator.Graph;

/// <summary>Authorizes calls.</summary>
internal static class Authorizer
{
    /// <summary>Checks an app credential, <c>ID|SECRET</c>.</summary>
    public static (GraphApp? App, GraphError? Error) App(GraphWorld world, GraphRequest request)
    {
        if (world.FindApp(request.AppIdOfCredential) is not { } app)
        {
            return (null, GraphErrors.UnknownApp);
        }

        if (request.Credential != app.Credential)
        {
            return (null, GraphErrors.WrongAppSecret);
        }

        var error = Standing(app) ?? (request.Proof is null ? null : Proof(app, request));
        return (error is null ? app : null, error);
    }

    /// <summary>Checks a token.</summary>
    public static (GraphToken? Token, GraphError? Error) Token(GraphWorld world, GraphRequest request, DateTimeOffset now)
    {
        if (request.Credential is not { } credential)
        {
            return (null, GraphErrors.NoToken);
        }

        if (world.FindToken(credential) is not { } token)
        {
            return (null, LooksLikeToken(credential) ? GraphErrors.CannotDecrypt : GraphErrors.CannotParse);
        }

        if (world.FindApp(token.App.Id) is null)
        {
            return (null, GraphErrors.AppDeleted);
        }

        var error = Standing(token.App) ?? TokenFailure.Of(token, now)?.ToError() ?? Proof(token.App, request);
        return (error is null ? token : null, error);
    }

    /// <summary>Whether Graph can parse a token, although it may not be able to decrypt it.</summary>
    public static bool LooksLikeToken(string text) => text.StartsWith("EAA", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit);

    private static GraphError? Standing(GraphApp app) => app switch
    {
        { IsBlocked: true } => GraphErrors.AppBlocked,
        { IsDeactivated: true } => GraphErrors.AppDeactivated,
        _ => null,
    };

    private static GraphError? Proof(GraphApp app, GraphRequest request)
    {
        if (request.Proof is not { } proof)
        {
            return app.RequiresProof ? GraphErrors.NoProof : null;
        }

        var right = HMACSHA256.HashData(Encoding.UTF8.GetBytes(app.Secret), Encoding.UTF8.GetBytes(request.Credential!));
        return string.Equals(proof, Convert.ToHexStringLower(right), StringComparison.Ordinal) ? null : GraphErrors.WrongProof;
    }
}
