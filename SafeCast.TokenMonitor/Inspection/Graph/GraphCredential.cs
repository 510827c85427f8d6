using System.Security.Cryptography;
using System.Text;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Who asks. It travels in the Authorization header, never in the URL; the proof, which Graph takes only as a parameter, does not
/// let anybody in without the token.
/// </summary>
internal sealed record GraphCredential(Secret Bearer, Secret? Proof = null)
{
    public static GraphCredential App(string appId, Secret appSecret) => new(new Secret($"{appId}|{appSecret.Reveal()}"));

    /// <summary>The token itself; with the app's secret, also the <c>appsecret_proof</c> that apps may require.</summary>
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
