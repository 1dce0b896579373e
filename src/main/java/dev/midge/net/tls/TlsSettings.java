package dev.midge.net.tls;

import dev.midge.net.IpLiteral;
import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import dev.midge.net.TlsSpec;
import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Turns a {@link TlsSpec} into the settings of JSSE. Its exceptions have mosquitto's texts. */
final class TlsSettings {
  private final TlsSpec spec;
  private final @Nullable String host;
  private final Map<String, String> environment;
  private @Nullable HostCheckingTrust verifier;

  /**
   * @param host the name that the broker's certificate is to have; null when it is not to be
   *     checked
   */
  TlsSettings(TlsSpec spec, @Nullable String host, Map<String, String> environment) {
    this.spec = spec;
    this.host = host;
    this.environment = environment;
  }

  /**
   * Reads all files.
   *
   * @throws NetFailure when one of them is of no use
   */
  SSLContext context() throws NetFailure {
    TrustManager trust = spec.insecure() ? new TrustAll() : trust();
    KeyManager[] keys = spec.certFile() == null ? null : new KeyManager[] {clientKey()};
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new NetFailure(Kind.TLS, "Unable to set up TLS: " + e.getMessage(), e);
    }
  }

  private TrustManager trust() throws NetFailure {
    TrustedCertificates trust = new TrustedCertificates();
    try {
      if (spec.caFile() != null) {
        trust.file(Path.of(spec.caFile()));
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unable("load CA certificates, check cafile \"" + spec.caFile() + "\"", e);
    }
    if (spec.caPath() != null) {
      trust.directory(Path.of(spec.caPath()));
    }
    try {
      if (spec.systemCertificates()) {
        trust.system(environment);
      }
      if (trust.isEmpty()) {
        throw new NetFailure(
            Kind.TLS, "certificate verify failed: there are no trusted certificates");
      }
      HostCheckingTrust checking =
          new HostCheckingTrust(trust.manager(), trust.certificates(), host);
      verifier = checking;
      return checking;
    } catch (NetFailure e) {
      throw e;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unable("load the system's certificates", e);
    }
  }

  /** Returns the chain that the broker has shown; empty for none, or when it is not verified. */
  List<X509Certificate> shown() {
    return verifier == null ? List.of() : verifier.shown();
  }

  private ClientKey clientKey() throws NetFailure {
    List<X509Certificate> chain;
    try {
      chain = CertificateFile.read(Path.of(spec.certFile()));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unable("load client certificate \"" + spec.certFile() + "\"", e);
    }
    if (chain.isEmpty()) {
      throw unable("load client certificate \"" + spec.certFile() + "\"", null);
    }
    ClientKey key;
    boolean consistent;
    try {
      Path keyFile = Path.of(spec.keyFile());
      key = new ClientKey(chain, PrivateKeyFile.read(keyFile, spec.passphrase()));
      consistent = key.isConsistent();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw unable("load client key file \"" + spec.keyFile() + "\"", e);
    }
    if (!consistent) {
      throw new NetFailure(Kind.TLS, "Client certificate/key are inconsistent.");
    }
    return key;
  }

  private static NetFailure unable(String what, @Nullable Exception why) {
    String reason = why == null || why.getMessage() == null ? "" : " (" + why.getMessage() + ")";
    return new NetFailure(Kind.TLS, "Unable to " + what + "." + reason, why);
  }

  /** Tells a socket which versions, ciphers and names to negotiate. */
  void applyTo(SSLSocket socket) throws NetFailure {
    boolean onlyTls13 = "tlsv1.3".equals(spec.version());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(
        onlyTls13 ? new String[] {"TLSv1.3"} : new String[] {"TLSv1.3", "TLSv1.2"});
    if (spec.ciphers() != null) {
      parameters.setCipherSuites(
          CipherNames.read(
              spec.ciphers(),
              onlyTls13,
              socket.getSupportedCipherSuites(),
              socket.getEnabledCipherSuites()));
    }
    if (spec.alpn() != null) {
      parameters.setApplicationProtocols(new String[] {spec.alpn()});
    }
    if (host != null) {
      parameters.setServerNames(serverNames(host));
    }
    socket.setSSLParameters(parameters);
  }

  /** RFC 6066 3: names only. By itself Java would leave names without a dot out. */
  private static List<SNIServerName> serverNames(String host) {
    if (IpLiteral.parse(host) != null) {
      return List.of();
    }
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    try {
      return List.of(new SNIHostName(name));
    } catch (IllegalArgumentException strange) {
      return List.of(new StrangeName(name));
    }
  }

  /** A name that Java finds illegal, one with an underscore for instance. */
  private static final class StrangeName extends SNIServerName {
    StrangeName(String name) {
      super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.UTF_8));
    }
  }
}
