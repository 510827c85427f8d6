using Spectre.Console;

namespace SafeCast.TokenMonitor.Cli.Store;

/// <summary>What is asked of the person who stores a token, or of the pipe that stands in for one.</summary>
internal sealed class StoreDialog(IAnsiConsole console, TextReader? pipe)
{
    // Far more than any token, and little enough to be read whatever comes.
    private const int MostRead = 10_000;

    /// <summary>Somebody is there to be asked.</summary>
    public bool CanAsk => pipe is null;

    /// <summary>Somebody at this terminal, or standard input where it comes from elsewhere.</summary>
    public static StoreDialog OfProcess(IAnsiConsole console) => new(console, Console.IsInputRedirected ? Console.In : null);

    /// <summary>
    /// The token: typed or pasted without an echo, or all of standard input, without the one line break that "echo" adds.
    /// </summary>
    /// <exception cref="UnusableArgumentException">There is neither somebody to ask nor a pipe, or nothing came, or far too much.</exception>
    public async Task<string> ReadTokenAsync(string tokenName, CancellationToken cancellationToken)
    {
        if (pipe is null)
        {
            if (!console.Profile.Capabilities.Interactive)
            {
                throw new UnusableArgumentException(
                    "Nobody can be asked for the token here: this is no terminal, or its output goes elsewhere. Pipe the token in, or run this at a terminal.");
            }

            StopEcho();
            while (true)
            {
                var typed = await console.PromptAsync(
                    new TextPrompt<string>(Markup.Escape($"Paste the new token of {tokenName} (nothing is shown), then press Enter:")).Secret(null).AllowEmpty(), cancellationToken);
                if (!string.IsNullOrWhiteSpace(typed))
                {
                    return PastedOn() ? typed + "\n" : typed;
                }

                console.WriteLine("Nothing was pasted.");
            }
        }

        var text = await ReadPipeAsync(pipe, cancellationToken);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    /// <summary>Whether the token's name is typed in full.</summary>
    public async Task<bool> ConfirmAsync(string tokenName, CancellationToken cancellationToken) =>
        await AskAsync($"Type the token's name, {tokenName}, to store it all the same:", cancellationToken) == tokenName;

    /// <summary>Whether to try again what failed.</summary>
    public async Task<bool> TryAgainAsync(CancellationToken cancellationToken) =>
        await AskAsync("The token is still here. Mend that, then press Enter to try again, or type q to give up:", cancellationToken) is not ("q" or "Q");

    /// <summary>Drops what came after the last answer: it may be the rest of a token, and the shell would show it and remember it.</summary>
    public void DropTypedAhead()
    {
        if (CanAsk)
        {
            PastedOn();
        }
    }

    private static async Task<string> ReadPipeAsync(TextReader pipe, CancellationToken cancellationToken)
    {
        var buffer = new char[MostRead + 1];
        var text = new string(buffer, 0, await pipe.ReadBlockAsync(buffer.AsMemory(), cancellationToken));
        return text.Length > MostRead
            ? throw new UnusableArgumentException($"Standard input holds more than {MostRead} characters, so it is no token. Give the token alone.")
            : string.IsNullOrWhiteSpace(text.Trim('\uFEFF'))
                ? throw new UnusableArgumentException("Nothing was given: standard input was empty. Pipe the token in, or run this at a terminal and paste it at the prompt.")
                : text;
    }

    // Meant as an answer is only what is typed once the question can be read.
    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        DropTypedAhead();
        return await console.PromptAsync(new TextPrompt<string>(Markup.Escape(question)).AllowEmpty(), cancellationToken);
    }

    // .NET turns the terminal's echo off at the first look at its keys, and leaves it off to the end. A paste that comes between the
    // prompt and that first look would be shown.
    private static void StopEcho()
    {
        if (!Console.IsInputRedirected)
        {
            _ = Console.KeyAvailable;
        }
    }

    // What was pasted along behind a line break would otherwise go to the shell, which shows it and remembers it.
    private static bool PastedOn()
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
