package dev.midge.cli.broker;

import dev.midge.broker.config.TlsFiles;
import dev.midge.cli.UsageException;
import dev.midge.net.tls.make.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code --tls-test}: an authority and a certificate of the server, made at each start. The
 * authority's key is never written, and the server's lies in a private directory until the broker
 * has read it.
 */
final class TestTls implements AutoCloseable {
  private static final int LONGEST_NAME = 253; // RFC 1035 2.3.4, without the last dot

  private final Path directory;
  private final Path certificate;
  private final Path key;

  private TestTls(Path directory) {
    this.directory = directory;
    this.certificate = directory.resolve("server.crt");
    this.key = directory.resolve("server.key");
  }

  /**
   * Makes them, and writes the authority's certificate.
   *
   * @param bind an address that clients will use as well; null for none
   * @throws UsageException when the file holds something that was not made here
   * @throws IOException when a file cannot be written
   */
  static TestTls make(Path caFile, @Nullable String bind) throws IOException {
    TestAuthority authority = TestAuthority.create();
    if (Files.exists(caFile) && !isOurs(caFile, authority)) {
      throw new UsageException(
          "Error: --tls-test: "
              + caFile
              + " is there already and was not made by --tls-test: name another file.");
    }
    TestTls made = new TestTls(Files.createTempDirectory("midge-tls"));
    try {
      authority.server(names(bind)).write(made.certificate, made.key);
      Files.writeString(caFile, authority.pem());
    } catch (IOException e) {
      made.close();
      throw new IOException("--tls-test: " + e.getMessage() + " cannot be written.", e);
    }
    return made;
  }

  private static boolean isOurs(Path file, TestAuthority authority) throws IOException {
    try {
      X509Certificate there =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
      return there
          .getSubjectX500Principal()
          .equals(authority.certificate().getSubjectX500Principal());
    } catch (CertificateException e) {
      return Files.size(file) == 0;
    }
  }

  private static List<String> names(@Nullable String bind) throws SocketException {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      // The machine has a name that nobody can look up.
    }
    if (bind != null) {
      names.add(bind);
    }
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
        .forEach(names::add);
    names.removeIf(name -> name.isEmpty() || name.length() > LONGEST_NAME || name.contains("_"));
    return new ArrayList<>(names);
  }

  TlsFiles.Builder files() {
    return TlsFiles.builder(certificate, key);
  }

  /** Deletes what the broker has read. */
  @Override
  public void close() {
    for (Path each : new Path[] {certificate, key, directory}) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        // A private directory stays behind.
      }
    }
  }
}
