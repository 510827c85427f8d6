using System.Collections.Immutable;

namespace SafeCast.TokenMonitor.Simulator.Vault;

/// <summary>The secrets, all versions, newest last.</summary>
internal sealed class SecretStore(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImmutableList<SecretVersion>> _secrets = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ImmutableList<SecretVersion>> _deleted = new(StringComparer.OrdinalIgnoreCase);
    private int _written;

    public SecretVersion Write(string name, string value, Func<SecretVersion, SecretVersion> configure)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var version = configure(new SecretVersion
            {
                Name = name,
                Version = SampleSecrets.HexId($"{name} {++_written}"),
                Value = value,
                CreatedAt = now,
                UpdatedAt = now,
            });
            _deleted.Remove(name);
            _secrets[name] = _secrets.GetValueOrDefault(name, []).Add(version);
            return version;
        }
    }

    public SecretVersion Change(string name, Func<SecretVersion, SecretVersion> change)
    {
        lock (_gate)
        {
            var versions = _secrets[name];
            var changed = change(versions[^1]) with { UpdatedAt = clock.GetUtcNow() };
            _secrets[name] = versions.SetItem(versions.Count - 1, changed);
            return changed;
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            if (_secrets.Remove(name, out var versions))
            {
                _deleted[name] = versions;
            }
        }
    }

    public void Recover(string name)
    {
        lock (_gate)
        {
            if (_deleted.Remove(name, out var versions))
            {
                _secrets[name] = versions;
            }
        }
    }

    public bool IsDeleted(string name)
    {
        lock (_gate)
        {
            return _deleted.ContainsKey(name);
        }
    }

    public IReadOnlyList<SecretVersion> Versions(string name)
    {
        lock (_gate)
        {
            return _secrets.GetValueOrDefault(name, []);
        }
    }
}
