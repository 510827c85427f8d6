using DotNetEnv;
using Microsoft.Extensions.Configuration;

namespace SafeCast.TokenMonitor.Cli;

/// <summary>
/// An environment file of a WhatsApp integration, read without setting anything in this process's environment. Where it configures no
/// token for the monitor itself, the integration's own variables do.
/// </summary>
internal sealed class EnvFile
{
    private const string Tokens = "TokenMonitor:Tokens";

    private EnvFile(string path, IReadOnlyDictionary<string, string> variables)
    {
        Path = path;
        Variables = variables;
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
            var variables = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in Env.NoEnvVars().Load(path))
            {
                variables[name] = value;
            }

            return new EnvFile(path, variables);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"The file {path} cannot be read: {e.Message}");
        }
        // The parser's own message quotes the line that it could not read, which may be the one with the token.
        catch (Exception)
        {
            throw new UnusableFileException($"The file {path} is not an environment file: every line must be NAME=VALUE, a comment, or empty.");
        }
    }

    /// <summary>The file's settings: those of the monitor, and what follows from the integration's variables.</summary>
    public IConfiguration ToConfiguration()
    {
        var settings = Variables
            .Where(variable => variable.Key.StartsWith("TokenMonitor__", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => (string?)variable.Value, StringComparer.OrdinalIgnoreCase);
        if (!settings.Keys.Any(key => key.StartsWith(Tokens, StringComparison.OrdinalIgnoreCase)))
        {
            AddIntegration(settings);
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private void AddIntegration(Dictionary<string, string?> settings)
    {
        var token = $"{Tokens}:{TokenName()}";
        settings[$"{token}:SecretName"] = Variables.ContainsKey("WHATSAPP_SYSTEM_USER_TOKEN") || !Variables.ContainsKey("WHATSAPP_API_TOKEN")
            ? "whatsapp-system-user-token"
            : "whatsapp-api-token";
        Take("WHATSAPP_PHONE_ID", "PhoneNumberId");
        Take("WHATSAPP_BUSINESS_ACCOUNT_ID", "BusinessAccountId");
        Take("WHATSAPP_APP_ID", "AppId");
        if (Variables.ContainsKey("WHATSAPP_APP_ID") && Variables.ContainsKey("WHATSAPP_APP_SECRET"))
        {
            settings[$"{token}:AppSecretName"] = "whatsapp-app-secret";
        }

        void Take(string variable, string setting)
        {
            if (Variables.TryGetValue(variable, out var value))
            {
                settings[$"{token}:{setting}"] = value;
            }
        }
    }

    // ".env.staging" holds staging's token.
    private string TokenName()
    {
        var extension = System.IO.Path.GetExtension(Path).TrimStart('.');
        return extension is { Length: > 0 and <= 32 } && extension != "env" && extension.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetter(extension[0])
            ? extension
            : "default";
    }
}
