using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Store;

/// <summary>Reads the token and the answers of the user, from the terminal or from standard input.</summary>
internal sealed class StoreDialog(IAnsiConsole console, TextReader? pipe)
{
    // Much longer than any token, and short enough to read any input.
    private const int MostRead = 10_000;

    /// <summary>There is a user who can answer questions.</summary>
    public bool CanAsk => pipe is null;

    /// <summary>Gets a dialog on the terminal, or on standard input if it is redirected.</summary>
    public static StoreDialog OfProcess(IAnsiConsole console) => new(console, Console.IsInputRedirected ? Console.In : null);

    /// <summary>
    /// Reads the token: from the terminal without an echo, or all of standard input without the trailing line break that "echo" adds.
    /// </summary>
    /// <exception cref="UnusableArgumentException">There is no terminal and no redirected input, or the input is empty or much too long.</exception>
    public async Task<string> ReadTokenAsync(string tokenName, CancellationToken cancellationToken)
    {
        if (pipe is null)
        {
            if (!console.Profile.Capabilities.Interactive)
            {
                throw new UnusableArgumentException(
                    "Cannot prompt for the token: this is not a terminal, or its output is redirected. Pipe the token to standard input, or run the command in a terminal.");
            }

            StopEcho();
            while (true)
            {
                var typed = await console.PromptAsync(
                    new TextPrompt<string>(Markup.Escape($"Paste the new token for {tokenName} (the input is hidden), then press Enter:")).Secret(null).AllowEmpty(), cancellationToken);
                if (!string.IsNullOrWhiteSpace(typed))
                {
                    return DiscardPending() ? typed + "\n" : typed;
                }

                console.WriteLine("Nothing was pasted.");
            }
        }

        var text = await ReadPipeAsync(pipe, cancellationToken);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Asks for the name of the token as confirmation.</summary>
    public async Task<bool> ConfirmAsync(string tokenName, CancellationToken cancellationToken) =>
        await AskAsync($"To store it anyway, type the name of the token ({tokenName}):", cancellationToken) == tokenName;

    /// <summary>Asks whether to try again.</summary>
    public async Task<bool> TryAgainAsync(CancellationToken cancellationToken) =>
        await AskAsync("The token is still in memory. Fix the problem, then press Enter to try again, or type q to quit:", cancellationToken) is not ("q" or "Q");

    /// <summary>Discards input after the last answer. It may be the rest of a token, which the shell would show and keep in its history.</summary>
    public void DiscardInput()
    {
        if (CanAsk)
        {
            DiscardPending();
        }
    }

    private static async Task<string> ReadPipeAsync(TextReader pipe, CancellationToken cancellationToken)
    {
        var buffer = new char[MostRead + 1];
        var text = new string(buffer, 0, await pipe.ReadBlockAsync(buffer.AsMemory(), cancellationToken));
        return text.Length > MostRead
            ? throw new UnusableArgumentException($"Standard input has more than {MostRead} characters, so it is not a token. Pass only the token.")
            : string.IsNullOrWhiteSpace(text.Trim('\uFEFF'))
                ? throw new UnusableArgumentException("Standard input is empty. Pipe the token to standard input, or run the command in a terminal and paste the token at the prompt.")
                : text;
    }

    // Input from before the question is not an answer.
    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        DiscardInput();
        return await console.PromptAsync(new TextPrompt<string>(Markup.Escape(question)).AllowEmpty(), cancellationToken);
    }

    // .NET turns off the echo of the terminal when it reads a key for the first time. Text that is pasted between the prompt and that time
    // would be visible.
    private static void StopEcho()
    {
        if (!Console.IsInputRedirected)
        {
            _ = Console.KeyAvailable;
        }
    }

    // Text pasted after a line break would go to the shell, which would show it and keep it in its history.
    private static bool DiscardPending()
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Thread.Sleep(100);
        var any = false;
        while (Console.KeyAvailable)
        {
            Console.ReadKey(intercept: true);
            any = true;
        }

        return any;
    }
}
