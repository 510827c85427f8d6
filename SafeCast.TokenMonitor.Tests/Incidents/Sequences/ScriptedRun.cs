using Microsoft.Extensions.Logging.Abstractions;
using SafeCast.TokenMonitor.Assessment;
using SafeCast.TokenMonitor.Incidents;
using SafeCast.TokenMonitor.Incidents.Stores;
using SafeCast.TokenMonitor.Monitoring;
using SafeCast.TokenMonitor.Notifications;
using SafeCast.TokenMonitor.Tests.Incidents.Stores;
using SafeCast.TokenMonitor.Tests.Support;

namespace SafeCast.TokenMonitor.Tests.Incidents.Sequences;

/// <summary>One run of a check, with its own incident processor, and what fails in it.</summary>
internal sealed class ScriptedRun(Observation seen, Fault fault, FakeDocumentStore documents, Turns turns, Func<int> tick, IReadOnlySet<string> refusing) : IDocumentStore
{
    public static IncidentSettings Settings { get; } = new() { Channels = ["email", "teams"] };

    private int _steps;
    private int _reads;
    private int _writes;
    private readonly List<int> _stored = [];
    private bool _isPlanned;
    private int? _lastRead;
    private bool _wasWriteRefused;
    private string? _versionOfRefusedWrite;

    public string Name => documents.Name;

    public Observation Seen => seen;

    /// <summary>Something went wrong in it.</summary>
    public bool IsTroubled { get; private set; }

    public bool IsDead { get; private set; }

    public Task<IncidentResult>? Keeping { get; private set; }

    public List<Sent> Sent { get; } = [];

    /// <summary>
    /// When its observation was stored; more than once if the answer was lost and it planned again.
    /// A run that had nothing to write agreed with what it read.
    /// </summary>
    public IEnumerable<int> StoredAt => _isPlanned || IsDead || _wasWriteRefused || _lastRead is not { } read ? _stored : [.. _stored, read];

    public void Start(TimeProvider time) =>
        Keeping = new IncidentProcessor(new StateStore(this), Settings, time, NullLogger<IncidentProcessor>.Instance).ReadAndProcessAsync("production", seen, SendAsync, CancellationToken.None);

    // A check deletes nothing.
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<StoredDocument?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await BeginAsync().ConfigureAwait(false);
        _lastRead = null;
        if (fault.Kind is FaultKind.StoreIsDown || (fault.Kind is FaultKind.ReadFails && ++_reads == fault.Point))
        {
            throw Trouble();
        }

        _lastRead = tick();
        var document = await documents.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        return document;
    }

    public async Task<string?> WriteAsync(string name, BinaryData content, string? expectedVersion, CancellationToken cancellationToken)
    {
        await BeginAsync().ConfigureAwait(false);
        var isFaulty = fault.Kind is FaultKind.WriteFails or FaultKind.WritesAndFails or FaultKind.WritesAndLosesTheAnswer && ++_writes == fault.Point;
        if (fault.Kind is FaultKind.StoreIsDown or FaultKind.StoreIsReadOnly || (isFaulty && fault.Kind is FaultKind.WriteFails))
        {
            (_wasWriteRefused, _versionOfRefusedWrite) = (true, expectedVersion);
            throw Trouble();
        }

        var version = await documents.WriteAsync(name, content, expectedVersion, cancellationToken).ConfigureAwait(false);

        // What could not be written is written along with the record of what was sent, unless others wrote in between.
        if (version is not null && (!_wasWriteRefused || _versionOfRefusedWrite == expectedVersion))
        {
            RecordWrite(isAnswered: fault.Kind is not FaultKind.WritesAndLosesTheAnswer || !isFaulty);
        }

        if (isFaulty && version is not null)
        {
            var trouble = Trouble();
            return fault.Kind is FaultKind.WritesAndLosesTheAnswer ? null : throw trouble;
        }

        await EndAsync().ConfigureAwait(false);
        return version;
    }

    private async Task<Delivery> SendAsync(string channel, Notification notification, CancellationToken cancellationToken)
    {
        await BeginAsync().ConfigureAwait(false);
        var isAccepted = !refusing.Contains(channel);
        Sent.Add(new Sent(tick(), channel, notification, isAccepted));
        await EndAsync().ConfigureAwait(false);
        return new Delivery(channel, isAccepted ? new DeliveryOutcome.Accepted(null) : new DeliveryOutcome.Failed("answered 503"), TimeSpan.Zero);
    }

    private void RecordWrite(bool isAnswered)
    {
        if (!_isPlanned)
        {
            _stored.Add(tick());
            _isPlanned = isAnswered;
        }
    }

    private async Task BeginAsync()
    {
        await turns.WaitAsync(this).ConfigureAwait(false);
        _steps++;
        await DieAtAsync(FaultKind.DiesBefore).ConfigureAwait(false);
    }

    private Task EndAsync() => DieAtAsync(FaultKind.DiesAfter);

    // A process that dies throws nothing and runs no handler: it goes no further.
    private Task DieAtAsync(FaultKind kind)
    {
        if (fault.Kind != kind || _steps != fault.Point)
        {
            return Task.CompletedTask;
        }

        (IsDead, IsTroubled) = (true, true);
        return turns.DieAsync(this);
    }

    private StoreUnavailableException Trouble()
    {
        IsTroubled = true;
        return FakeDocumentStore.Unavailable;
    }
}

/// <summary>A message that was given to a channel.</summary>
internal sealed record Sent(int Moment, string Channel, Notification Notification, bool IsAccepted)
{
    public override string ToString() => $"{Channel} {(IsAccepted ? "took" : "refused")} {Notification.Kind} of {Notification.IncidentId}, due at {Notification.At:MM-dd HH:mm:ss}: "
        + $"+{Names(Notification.Added)} -{Names(Notification.Resolved)} ={Names(Notification.Present)}";

    private static string Names(IEnumerable<Finding> findings) => string.Join(',', findings.Select(finding => finding.Id));
}
