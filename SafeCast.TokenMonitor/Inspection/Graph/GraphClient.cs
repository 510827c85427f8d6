using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.Retry;
using SafeCast.TokenMonitor.Http;
using SafeCast.TokenMonitor.Secrets;

namespace SafeCast.TokenMonitor.Inspection.Graph;

/// <summary>
/// Sends a request to Graph, with retries for transient errors and without fields that Meta removed, and returns an answer or a classified error. Throws only if cancelled. The
/// body decides: the HTTP status of Graph is not reliable and is used only if the body is unusable.
/// </summary>
internal sealed class GraphClient(HttpClient http, GraphEndpoint endpoint, RemovedFields removedFields, TimeProvider time)
{
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    private readonly ResiliencePipeline<GraphAttempt> _retry = new ResiliencePipelineBuilder<GraphAttempt> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<GraphAttempt>
        {
            MaxRetryAttempts = RetryPolicy.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = RetryPolicy.FirstDelay,
            ShouldHandle = static args => ValueTask.FromResult(
                args.Outcome.Result is { Answer.Error.Class: GraphErrorClass.Transient }),
        })
        .Build();

    public GraphEndpoint Endpoint => endpoint;

    /// <summary>Sends a request and reads the body with <paramref name="read"/>.</summary>
    /// <returns>The result of the last attempt, and the number of attempts.</returns>
    public async Task<GraphExchange<T>> GetAsync<T>(
        GraphRequest request,
        Func<GraphJson, T?> read,
        CancellationToken cancellationToken)
        where T : class
    {
        var attempts = 0;
        GraphAttempt last;
        GraphRequest? next = request;
        do
        {
            request = next;
            last = await _retry.ExecuteAsync(
                async token =>
                {
                    attempts++;
                    return await AttemptAsync(request, read, token).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            next = removedFields.WithoutRemovedField(request, last.Answer.Error);
        }
        while (next is not null);

        return new GraphExchange<T>((GraphAnswer<T>)last.Answer, last.Seen, attempts);
    }

    private async Task<GraphAttempt> AttemptAsync<T>(GraphRequest request, Func<GraphJson, T?> read, CancellationToken cancellationToken)
        where T : class
    {
        using var expiry = new CancellationTokenSource(AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, expiry.Token);
        try
        {
            using var message = RedactedUri.Request(HttpMethod.Get, Address(request), new Uri(AddressWithoutQuery(request)));
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request.Credential.Bearer.Reveal());
            using var response = await http.SendAsync(message, either.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            var version = response.Headers.TryGetValues("facebook-api-version", out var versions)
                ? UntrustedText.Clean(versions.FirstOrDefault(), [.. request.Known])
                : null;
            TimeSpan? skew = response.Headers.Date is { } served ? served - time.GetUtcNow() : null;
            return new GraphAttempt(Answer(body, (int)response.StatusCode, request.Known, read), new GraphObservation(version, skew));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return NoAnswer<T>($"Graph gave no answer within {AttemptTimeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return NoAnswer<T>("Graph could not be reached: " + UntrustedText.Clean(e.Message, [.. request.Known]));
        }
    }

    private static GraphAttempt NoAnswer<T>(string why)
        where T : class => new((GraphAnswer<T>)GraphError.NoAnswer(why), new GraphObservation(null, null));

    private static GraphAnswer<T> Answer<T>(byte[] bytes, int status, IReadOnlyList<Secret> known, Func<GraphJson, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var body = new GraphJson(document.RootElement, known);
            if (body.Object("error") is { } error)
            {
                return GraphReaders.Error(error, status);
            }

            return read(body) is { } value
                ? GraphAnswer<T>.Of(value)
                : GraphError.NoAnswer($"Graph answered HTTP {status} with an unexpected body", status);
        }
        // An unpaired surrogate ("\ud800") is valid JSON but not valid text. In a flag or a name it results in this exception.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return GraphError.NoAnswer($"Graph answered HTTP {status} with a body that cannot be read", status);
        }
    }

    private string AddressWithoutQuery(GraphRequest request) => $"{endpoint.BaseUrl.AbsoluteUri.TrimEnd('/')}/{endpoint.Version}{request.Path}";

    private Uri Address(GraphRequest request)
    {
        var address = new StringBuilder(AddressWithoutQuery(request));
        var separator = '?';
        foreach (var (name, value) in request.Query)
        {
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        if (request.Credential.Proof is { } proof)
        {
            address.Append(separator).Append("appsecret_proof=").Append(proof.Reveal());
        }

        return new Uri(address.ToString());
    }

    private sealed record GraphAttempt(GraphAnswer Answer, GraphObservation Seen);
}

/// <summary>The result of a request.</summary>
/// <param name="Answer">The answer or the error.</param>
/// <param name="Seen">The facts in its headers.</param>
/// <param name="Attempts">The number of attempts.</param>
internal sealed record GraphExchange<T>(GraphAnswer<T> Answer, GraphObservation Seen, int Attempts)
    where T : class;
