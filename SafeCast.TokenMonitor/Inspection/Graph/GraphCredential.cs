using System.Security.Cryptography;
using System.Text;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// The credential of a request. It is sent in the Authorization header, never in the URL. The proof, which Graph accepts only as a
/// parameter, is useless without the token.
/// </summary>
internal sealed record GraphCredential(Secret Bearer, Secret? Proof = null)
{
    public static GraphCredential App(string appId, Secret appSecret) => new(new Secret($"{appId}|{appSecret.Reveal()}"));

    /// <summary>Creates the credential of a token; with an app secret, including the <c>appsecret_proof</c> that an app may require.</summary>
    public static GraphCredential Token(Secret token, Secret? appSecret)
    {
        if (appSecret is null)
        {
            return new GraphCredential(token);
        }

        var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret.Reveal()), Encoding.UTF8.GetBytes(token.Reveal()));
        return new GraphCredential(token, new Secret(Convert.ToHexStringLower(proof)));
    }
}
