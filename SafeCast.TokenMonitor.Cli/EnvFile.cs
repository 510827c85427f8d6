using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>
/// An environment file of a WhatsApp integration, read without setting anything in this process's environment. Where it configures no
/// token for the monitor itself, the integration's own variables do.
/// </summary>
internal sealed class EnvFile
{
    private const string Tokens = "TokenMonitor:Tokens";

    // The integration's names for what the monitor's settings hold.
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

    /// <summary>All that the file sets.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="UnusableFileException">There is no such file, or it cannot be read.</exception>
    public static EnvFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UnusableFileException($"There is no file {path}. Name the environment file that holds WHATSAPP_SYSTEM_USER_TOKEN.");
        }

        try
        {
            var file = new EnvFile(path, new EnvFileReader(File.ReadAllText(path), Environment.GetEnvironmentVariable).Read());
            file.RefuseSeveralLines();
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"The file {path} cannot be read: {e.Message}");
        }
        catch (FormatException e)
        {
            throw new UnusableFileException($"The file {path} is not an environment file: {e.Message}.");
        }
    }

    /// <summary>It says itself which token there is: in the monitor's settings, or in the integration's variables.</summary>
    public bool HasTokens =>
        Variables.Keys.Any(name => IsOfToken(name.Replace("__", ":", StringComparison.Ordinal)))
        || Ids.Select(id => id.Variable).Concat(Secrets).Any(Variables.ContainsKey);

    /// <summary>Whether a setting is one of the configured tokens'.</summary>
    public static bool IsOfToken(string key) => key.StartsWith(Tokens, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file's settings: those of the monitor, and what follows from the integration's variables.</summary>
    public IConfiguration ToConfiguration()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

        // Names that differ in case alone are one setting; as with a name that comes twice, the last line counts.
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

    /// <summary>Where the file's tokens are remembered unless somebody says otherwise: many folders have a ".env", and each its own token.</summary>
    public string StateFolder
    {
        get
        {
            var path = System.IO.Path.GetFullPath(Path);
            return MonitorSettings.StateFolderFor($"{System.IO.Path.GetFileName(path)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}");
        }
    }

    /// <summary>The same faults, by the names and lines that stand in the file.</summary>
    public ConfigurationException InItsOwnWords(ConfigurationException faults) => new([.. faults.Faults.Select(InItsOwnWords)]);

    private ConfigurationFault InItsOwnWords(ConfigurationFault fault)
    {
        var setting = Ids.FirstOrDefault(id => fault.Key.Equals($"TokenMonitor__Tokens__{TokenName()}__{id.Setting}", StringComparison.OrdinalIgnoreCase));
        var variable = setting.Variable ?? fault.Key;
        return _variables.TryGetValue(variable, out var set) ? fault with { Key = $"{variable} (line {set.Line} of {Path})" } : fault;
    }

    // No token, secret or id has a line break in it; one that goes on over several lines has lost its closing quote.
    private void RefuseSeveralLines()
    {
        foreach (var name in Ids.Select(id => id.Variable).Concat(Secrets))
        {
            if (_variables.TryGetValue(name, out var variable) && variable.IsOverSeveralLines)
            {
                throw new FormatException($"line {variable.Line} sets {name} to something that goes on over several lines");
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

    // ".env.staging" holds staging's token.
    private string TokenName()
    {
        var extension = System.IO.Path.GetExtension(Path).TrimStart('.');
        return extension is { Length: > 0 and <= 32 } && extension != "env" && extension.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(extension[0])
            ? extension
            : "default";
    }
}
