using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>What all stand-ins share: they record calls, do what was scripted, and otherwise answer by their own rules.</summary>
/// <typeparam name="TCall">What is recorded of a call. Never holds a secret.</typeparam>
public abstract class SimulatedService<TCall>
    where TCall : RecordedCall
{
    private readonly Lock _gate = new();
    private readonly List<TCall> _calls = [];
    private readonly FaultScript<TCall> _script = new();

    private protected SimulatedService(TimeProvider clock) => Clock = clock;

    /// <summary>The calls so far, in the order in which they came.</summary>
    public IReadOnlyList<TCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Where the stand-in lives; the vault on https, all others on http.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>The same over https, with the simulation's certificate, for clients that take nothing else.</summary>
    public Uri SecureBaseUrl { get; private set; } = null!;

    private protected TimeProvider Clock { get; }

    /// <summary>Lets the next calls fail as told.</summary>
    /// <param name="fault">What happens to a call.</param>
    /// <param name="times">To how many calls; without it, to all until the result is disposed.</param>
    public ScriptedFault Script(Fault fault, int? times = null) => _script.Add(_ => true, fault, times);

    /// <summary>Lets the next calls that match fail as told. Where several scripts match a call, the oldest has it.</summary>
    /// <param name="match">Which calls.</param>
    /// <param name="fault">What happens to a call.</param>
    /// <param name="times">To how many calls; without it, to all until the result is disposed.</param>
    public ScriptedFault Script(Predicate<TCall> match, Fault fault, int? times = null) => _script.Add(match, fault, times);

    /// <summary>By how much the clock that its answers are dated by is ahead of the simulation's.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Empties <see cref="Calls"/>: a long simulation need not remember all.</summary>
    public void ForgetCalls()
    {
        lock (_gate)
        {
            _calls.Clear();
        }
    }

    internal void Publish(Uri baseUrl, Uri secureBaseUrl) => (BaseUrl, SecureBaseUrl) = (baseUrl, secureBaseUrl);

    internal async Task HandleAsync(HttpContext context, PathString path, CancellationToken stopping)
    {
        try
        {
            await AnswerOrFailAsync(context, path, stopping);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client gave up, or the simulation ends: there is nobody left to answer.
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // A fault in the stand-in, or in what a test handed in to match or rewrite: nothing is logged, so the answer must say it.
            var text = Encoding.UTF8.GetBytes($"The stand-in itself failed: {e.GetType().Name}: {e.Message}");
            await new Reply(500, text, "text/plain; charset=utf-8").WriteAsync(context);
        }
    }

    private protected abstract TCall Describe(HttpContext context, PathString path);

    private protected abstract Task<Reply> AnswerAsync(TCall call, HttpContext context, PathString path);

    /// <summary>Headers that stand on every answer, scripted ones too.</summary>
    private protected virtual void Stamp(TCall call, HttpContext context)
    {
    }

    private async Task AnswerOrFailAsync(HttpContext context, PathString path, CancellationToken stopping)
    {
        var call = Describe(context, path);
        call.At = Clock.GetUtcNow();
        lock (_gate)
        {
            _calls.Add(call);
        }

        context.Response.Headers.Date = (Clock.GetUtcNow() + ClockSkew).ToString("R", CultureInfo.InvariantCulture);
        Stamp(call, context);
        if (_script.Take(call) is { } fault)
        {
            // Before the answer goes out: whoever has read the answer finds its status recorded.
            call.Status = fault.AnsweredStatus;
            if (await fault.ApplyAsync(context, stopping))
            {
                return;
            }
        }

        var reply = await AnswerAsync(call, context, path);
        call.Status = reply.Status;
        await reply.WriteAsync(context);
    }
}
