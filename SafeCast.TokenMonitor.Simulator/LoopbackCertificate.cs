using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace SafeCast.TokenMonitor.Simulator;

/// <summary>A self-signed certificate for loopback, created at its first use, because most simulations never use TLS.</summary>
internal sealed class LoopbackCertificate : IDisposable
{
    private readonly Lazy<X509Certificate2> _certificate = new(Create);
    private readonly Lazy<SslServerAuthenticationOptions> _options;

    public LoopbackCertificate() => _options = new(() => new SslServerAuthenticationOptions
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(Value, additionalCertificates: null, offline: true),
    });

    public X509Certificate2 Value => _certificate.Value;

    public TlsHandshakeCallbackOptions OnHandshake => new() { OnConnection = _ => ValueTask.FromResult(_options.Value) };

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    private static X509Certificate2 Create()
    {
        // P-256, because generating an RSA key would take longer than everything else.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=SafeCast Token Monitor Simulator", key, HashAlgorithmName.SHA256);

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));

        // Real time, because clients compare the dates with their own clock.
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
    }
}
