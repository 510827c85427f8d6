using System.Text.Json.Nodes;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>Errors of Key Vault, with the original texts where they are known.</summary>
internal static class VaultErrors
{
    public static Reply NoToken() => Error(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");

    public static Reply BadToken() => Error(401, "Unauthorized", "[TokenExpired] Error validating token: 'S2S12086'.");

    public static Reply BadRequest(string message) => Error(400, "BadParameter", message);

    public static Reply NotFound(string nameOrId) => Error(
        404,
        "SecretNotFound",
        $"A secret with (name/id) {nameOrId} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the "
        + "correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182");

    public static Reply Disabled() => Error(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

    public static Reply ForbiddenByRbac(VaultOperation operation, string name) => Error(
        403,
        "Forbidden",
        "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, "
        + "please observe propagation time.\r\nCaller: appid=00000000-0000-0000-0000-0000000000aa;oid=00000000-0000-0000-0000-0000000000bb;"
        + $"iss=https://sts.windows.net/{VaultSimulator.TenantId}/\r\nAction: 'Microsoft.KeyVault/vaults/secrets/"
        + $"{(operation == VaultOperation.GetSecret ? "getSecret" : "setSecret")}/action'\r\nResource: '/subscriptions/00000000-0000-0000-0000-000000000000/"
        + $"resourcegroups/simulation/providers/microsoft.keyvault/vaults/simulation/secrets/{name}'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\n"
        + "DecisionReason: 'DeniedWithNoValidRBAC' \r\nVault: simulation;location=westeurope\r\n",
        "ForbiddenByRbac");

    public static Reply DeletedButRecoverable(string name) => Error(
        409,
        "Conflict",
        $"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.",
        "ObjectIsDeletedButRecoverable");

    public static JsonObject Body(string code, string message, string? innerCode = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (innerCode is not null)
        {
            error["innererror"] = new JsonObject { ["code"] = innerCode };
        }

        return new JsonObject { ["error"] = error };
    }

    private static Reply Error(int status, string code, string message, string? innerCode = null) =>
        Reply.Json(status, Body(code, message, innerCode), VaultSimulator.ContentType);
}
