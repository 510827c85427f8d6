using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SafeCast.TokenMonitor.Simulator.Faults;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>The base of all simulators: records calls, applies scripted faults, and otherwise answers by the rules of the service.</summary>
/// <typeparam name="TCall">The record of a call. Never contains a secret.</typeparam>
public abstract class SimulatedService<TCall>
    where TCall : RecordedCall
{
    private readonly Lock _gate = new();
    private readonly List<TCall> _calls = [];
    private readonly FaultScript<TCall> _script = new();

    private protected SimulatedService(TimeProvider clock) => Clock = clock;

    /// <summary>The calls, in the order of arrival.</summary>
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

    /// <summary>The address of the simulator: https for the vault, http for all others.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>The https address, with the certificate of the simulation.</summary>
    public Uri SecureBaseUrl { get; private set; } = null!;

    private protected TimeProvider Clock { get; }

    /// <summary>Applies a fault to the next calls.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of calls; null: all until the result is disposed.</param>
    public ScriptedFault Script(Fault fault, int? times = null) => _script.Add(_ => true, fault, times);

    /// <summary>Applies a fault to the next matching calls. If several scripts match, the oldest one is used.</summary>
    /// <param name="match">Selects the calls.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of calls; null: all until the result is disposed.</param>
    public ScriptedFault Script(Predicate<TCall> match, Fault fault, int? times = null) => _script.Add(match, fault, times);

    /// <summary>The difference between the clock of the answers and the clock of the simulation; positive: ahead.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Clears <see cref="Calls"/>, for long simulations.</summary>
    public void ClearCalls()
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
            // The client disconnected, or the simulation is stopping.
            context.Abort();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // An error in the simulator or in a callback of a test. Nothing is logged, so the answer contains it.
            var text = Encoding.UTF8.GetBytes($"The simulator failed: {e.GetType().Name}: {e.Message}");
            await new Reply(500, text, "text/plain; charset=utf-8").WriteAsync(context);
        }
    }

    private protected abstract TCall Describe(HttpContext context, PathString path);

    private protected abstract Task<Reply> AnswerAsync(TCall call, HttpContext context, PathString path);

    /// <summary>Sets headers on every answer, including scripted ones.</summary>
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
            // Recorded before the answer is sent, so that a client that has the answer finds the status.
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
