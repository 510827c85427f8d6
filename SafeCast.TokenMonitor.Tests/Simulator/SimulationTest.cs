using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SafeCast.TokenMonitor.Simulator;
using SafeCast.TokenMonitor.Simulator.Graph;

namespace SafeCast.TokenMonitor.Tests.Simulator;

/// <summary>A simulation of its own for every test, and a plain client to ask it.</summary>
public abstract class SimulationTest : IAsyncLifetime
{
    protected Simulation Simulation { get; private set; } = null!;

    protected GraphSimulator Graph => Simulation.Graph;

    protected HttpClient Client { get; private set; } = null!;

    protected virtual SimulationOptions Options => new();

    public async Task InitializeAsync()
    {
        Simulation = await Simulation.StartAsync(Options);
        Client = new HttpClient(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == Simulation.Certificate.Thumbprint,
        });
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Simulation.DisposeAsync();
    }

    protected Task<Answer> GetGraphAsync(string pathAndQuery, string? credential) => SendGraphAsync(HttpMethod.Get, pathAndQuery, credential);

    protected async Task<Answer> SendGraphAsync(HttpMethod method, string pathAndQuery, string? credential)
    {
        using var request = new HttpRequestMessage(method, $"{Graph.BaseUrl}/v26.0/{pathAndQuery}");
        if (credential is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        }

        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    protected Task<Answer> DebugTokenAsync(string inspected, string credential) =>
        GetGraphAsync($"debug_token?input_token={Uri.EscapeDataString(inspected)}", credential);

    protected sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
    {
        public JsonNode Body => JsonNode.Parse(Text)!;

        public JsonNode Data => Body["data"]!;

        public JsonNode Error => Body["error"]!;

        public int Code => Error["code"]!.GetValue<int>();

        public int? Subcode => Error["error_subcode"]?.GetValue<int>();

        public string Message => Error["message"]!.GetValue<string>();

        public string Header(string name) => Headers.GetValues(name).Single();

        public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
            new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}
