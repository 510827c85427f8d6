using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using SafeCast.TokenMonitor.Configuration;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Cli.EnvFiles;

/// <summary>
/// An environment file of a WhatsApp integration. Reading it does not change the environment of this process. If the file has no token
/// settings of the monitor, they are derived from the variables of the integration.
/// </summary>
internal sealed class EnvFile
{
    public const string TokenVariable = EnvironmentSecretStore.TokenVariable;
    public const string PhoneVariable = "WHATSAPP_PHONE_ID";
    public const string AccountVariable = "WHATSAPP_BUSINESS_ACCOUNT_ID";
    public const string AppVariable = "WHATSAPP_APP_ID";
    public const string AppSecretVariable = "WHATSAPP_APP_SECRET";

    private const string Tokens = "TokenMonitor:Tokens";

    // The variables of the integration, and the settings that they correspond to.
    private static readonly (string Variable, string Setting)[] Ids =
    [
        (PhoneVariable, "PhoneNumberId"),
        (AccountVariable, "BusinessAccountId"),
        (AppVariable, "AppId"),
    ];

    private static readonly string[] TokenVariables = [TokenVariable, EnvironmentSecretStore.IntegrationTokenVariable];
    private static readonly string[] LookedFor = [.. TokenVariables, AppSecretVariable, .. Ids.Select(id => id.Variable)];

    private readonly IReadOnlyDictionary<string, EnvVariable> _variables;
    private readonly IReadOnlyList<int> _skippedLines;

    private EnvFile(string path, IReadOnlyDictionary<string, EnvVariable> variables, IReadOnlyList<int> skippedLines)
    {
        Path = path;
        _variables = variables;
        _skippedLines = skippedLines;
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
            var (variables, skippedLines) = new EnvFileReader(File.ReadAllText(path), Environment.GetEnvironmentVariable, [.. LookedFor, "TokenMonitor__"]).Read();
            var file = new EnvFile(path, variables, skippedLines);
            file.RejectMultilineValues();
            file.RejectContradictions();
            file.RejectOtherNames();
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
        || LookedFor.Any(Variables.ContainsKey);

    /// <summary>What the file holds that the monitor does not read, each as a sentence.</summary>
    public IEnumerable<string> Warnings =>
    [
        .. _skippedLines.Count > 0 ? [$"Skipped {Lines(_skippedLines)} of {Path}: not NAME=VALUE."] : Array.Empty<string>(),
        .. from variable in SimilarVariables()
           select $"{variable.Name} (line {variable.Line} of {Path}) is not read, so what it holds is not checked: the monitor reads {variable.Expected}.",
    ];

    /// <summary>The token variables that are set twice, to different values, with the numbers of the lines.</summary>
    public IReadOnlyDictionary<string, string> SetTwice => _variables
        .Where(variable => TokenVariables.Contains(variable.Key) && variable.Value.ContradictingLine is not null)
        .ToDictionary(variable => variable.Key, variable => $"lines {variable.Value.ContradictingLine} and {variable.Value.Line}");

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
        foreach (var name in LookedFor)
        {
            if (_variables.TryGetValue(name, out var variable) && variable.IsMultiline)
            {
                throw new FormatException($"line {variable.Line} sets {name} to a value on several lines");
            }
        }
    }

    // Readers disagree on which of two values counts. Two tokens are a finding, which an alert explains.
    private void RejectContradictions()
    {
        foreach (var name in LookedFor.Except(TokenVariables))
        {
            if (_variables.TryGetValue(name, out var variable) && variable.ContradictingLine is { } earlier)
            {
                throw new FormatException($"lines {earlier} and {variable.Line} set {name} to different values: keep one of them");
            }
        }
    }

    private void RejectOtherNames()
    {
        foreach (var expected in LookedFor.Where(name => !_variables.ContainsKey(name)))
        {
            if (_variables.FirstOrDefault(variable => variable.Key.Equals(expected, StringComparison.OrdinalIgnoreCase)) is { Value: { } found } other)
            {
                throw new FormatException($"line {found.Line} sets {other.Key}: write the name in upper case, {expected}");
            }
        }

        if (!HasTokens && SimilarVariables().FirstOrDefault(variable => variable.Expected == TokenVariable) is { Name: not null } similar)
        {
            throw new FormatException(
                $"it has no {TokenVariable}, and line {similar.Line} sets {similar.Name}: rename it, or add {TokenVariable}=${{{similar.Name}}} below");
        }
    }

    // Where the expected variable exists, the other one is no business of the monitor's.
    private IEnumerable<(string Name, int Line, string Expected)> SimilarVariables() =>
        from variable in _variables
        where variable.Value.Value.Length > 0 && !LookedFor.Contains(variable.Key)
        let expected = SimilarNames.ExpectedFor(variable.Key)
        where expected is not null && !(expected == TokenVariable ? TokenVariables.Any(_variables.ContainsKey) : _variables.ContainsKey(expected))
        where !_variables.Keys.Any(name => IsOfToken(name.Replace("__", ":", StringComparison.Ordinal)))
        orderby variable.Value.Line
        select (variable.Key, variable.Value.Line, expected);

    // "lines 2, 5-9": a foreign block has many lines.
    private static string Lines(IReadOnlyList<int> lines)
    {
        var runs = new List<(int First, int Last)>();
        foreach (var line in lines)
        {
            if (runs is [.., var last] && last.Last == line - 1)
            {
                runs[^1] = (last.First, line);
            }
            else
            {
                runs.Add((line, line));
            }
        }

        var text = string.Join(", ", runs.Select(run => run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}"));
        return lines.Count == 1 ? $"line {text}" : $"lines {text}";
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

        if (IsSet(AppVariable) && IsSet(AppSecretVariable))
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
