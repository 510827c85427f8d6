using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>
/// An environment file of a WhatsApp integration. Reading it does not change the environment of this process. If the file has no token
/// settings of the monitor, they are derived from the variables of the integration.
/// </summary>
internal sealed class EnvFile
{
    private const string Tokens = "TokenMonitor:Tokens";

    // The variables of the integration, and the settings that they correspond to.
    private static readonly (string Variable, string Setting)[] Ids =
    [
        ("WHATSAPP_PHONE_ID", "PhoneNumberId"),
        ("WHATSAPP_BUSINESS_ACCOUNT_ID", "BusinessAccountId"),
        ("WHATSAPP_APP_ID", "AppId"),
    ];

    private static readonly string[] Secrets = [EnvironmentSecretStore.TokenVariable, EnvironmentSecretStore.IntegrationTokenVariable, "WHATSAPP_APP_SECRET"];

    private readonly IReadOnlyDictionary<string, EnvVariable> _variables;

    private EnvFile(string path, IReadOnlyDictionary<string, EnvVariable> variables)
    {
        Path = path;
        _variables = variables;
        Variables = variables.ToDictionary(variable => variable.Key, variable => variable.Value.Value, StringComparer.Ordinal);
    }

    public string Path { get; }

    /// <summary>All variables of the file.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="UnusableFileException">The file does not exist or cannot be read.</exception>
    public static EnvFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UnusableFileException($"The file {path} does not exist. Specify the environment file that contains WHATSAPP_SYSTEM_USER_TOKEN.");
        }

        try
        {
            var file = new EnvFile(path, new EnvFileReader(File.ReadAllText(path), Environment.GetEnvironmentVariable).Read());
            file.RejectMultilineValues();
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"The file {path} cannot be read: {e.Message}");
        }
        catch (FormatException e)
        {
            throw new UnusableFileException($"The file {path} is not a valid environment file: {e.Message}.");
        }
    }

    /// <summary>The file configures a token: with settings of the monitor, or with variables of the integration.</summary>
    public bool HasTokens =>
        Variables.Keys.Any(name => IsOfToken(name.Replace("__", ":", StringComparison.Ordinal)))
        || Ids.Select(id => id.Variable).Concat(Secrets).Any(Variables.ContainsKey);

    /// <summary>Whether a setting belongs to a token.</summary>
    public static bool IsOfToken(string key) => key.StartsWith(Tokens, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the settings of the file: those of the monitor, and those derived from the variables of the integration.</summary>
    public IConfiguration ToConfiguration()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

        // Setting names are not case-sensitive. If a setting occurs more than once, the last line wins.
        foreach (var (name, variable) in _variables.Where(variable => variable.Key.StartsWith("TokenMonitor__", StringComparison.OrdinalIgnoreCase)).OrderBy(variable => variable.Value.Line))
        {
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = variable.Value;
        }

        if (!settings.Keys.Any(IsOfToken))
        {
            AddIntegration(settings);
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    /// <summary>The default folder for the state. It depends on the full path, because many folders have a ".env" with a different token.</summary>
    public string StateFolder
    {
        get
        {
            var path = System.IO.Path.GetFullPath(Path);
            return TokenMonitorOptions.StateFolderFor($"{System.IO.Path.GetFileName(path)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}");
        }
    }

    /// <summary>Gets the variable and the line that set a setting, or its name, if the file does not set it.</summary>
    public string NameOf(string setting)
    {
        var id = Ids.FirstOrDefault(id => setting.Equals($"TokenMonitor__Tokens__{TokenName()}__{id.Setting}", StringComparison.OrdinalIgnoreCase));
        var variable = id.Variable ?? setting;
        return _variables.TryGetValue(variable, out var set) ? $"{variable} (line {set.Line} of {Path})" : setting;
    }

    // No token, secret or ID contains a line break. A value on several lines is missing its closing quote.
    private void RejectMultilineValues()
    {
        foreach (var name in Ids.Select(id => id.Variable).Concat(Secrets))
        {
            if (_variables.TryGetValue(name, out var variable) && variable.IsMultiline)
            {
                throw new FormatException($"line {variable.Line} sets {name} to a value on several lines");
            }
        }
    }

    private void AddIntegration(Dictionary<string, string?> settings)
    {
        var token = $"{Tokens}:{TokenName()}";
        settings[$"{token}:SecretName"] = IsSet(EnvironmentSecretStore.TokenVariable) || !IsSet(EnvironmentSecretStore.IntegrationTokenVariable)
            ? "whatsapp-system-user-token"
            : "whatsapp-api-token";
        foreach (var (variable, setting) in Ids)
        {
            if (Variables.TryGetValue(variable, out var value))
            {
                settings[$"{token}:{setting}"] = value;
            }
        }

        if (IsSet("WHATSAPP_APP_ID") && IsSet("WHATSAPP_APP_SECRET"))
        {
            settings[$"{token}:AppSecretName"] = "whatsapp-app-secret";
        }
    }

    private bool IsSet(string variable) => Variables.TryGetValue(variable, out var value) && value.Length > 0;

    // ".env.staging" contains the token "staging".
    private string TokenName()
    {
        var extension = System.IO.Path.GetExtension(Path).TrimStart('.');
        return extension is { Length: > 0 and <= 32 } && extension != "env" && extension.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(extension[0])
            ? extension
            : "default";
    }
}
