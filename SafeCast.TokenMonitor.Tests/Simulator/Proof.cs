using System.Security.Cryptography;
using System.Text;

namespace SafeCast.TokenMonitor.Tests.Simulator;

internal static class Proof
{
    public static string Of(string appSecret, string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes(token)));
}
