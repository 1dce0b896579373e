package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of its own in a directory, run by openssl. */
public final class Certificates {
  private final Path directory;

  public Certificates(Path directory) throws IOException {
    this.directory = directory;
    authority("ca");
  }

  /** Makes {@code NAME.crt} and {@code NAME.key}, signed by itself. */
  public Certificates authority(String name) {
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN="
            + name
            + " -keyout "
            + name
            + ".key -out "
            + name
            + ".crt -addext basicConstraints=critical,CA:TRUE");
    return this;
  }

  /**
   * Makes {@code NAME.crt} and {@code NAME.key}, signed by {@code ca}.
   *
   * @param names alternative names, such as {@code DNS:localhost,IP:127.0.0.1}
   */
  public Certificates leaf(String name, String names) throws IOException {
    openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out " + name + ".key");
    return certificate(name, names);
  }

  /** Makes {@code NAME.crt} for the key that is there. */
  public Certificates certificate(String name, String names) throws IOException {
    openssl("req -new -key " + name + ".key -subj /CN=" + name + " -out " + name + ".csr");
    Files.writeString(directory.resolve(name + ".ext"), "subjectAltName=" + names + "\n");
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out "
            + name
            + ".crt -extfile "
            + name
            + ".ext");
    return this;
  }

  /**
   * Makes {@code NAME.key} and {@code NAME.crt} with just these extensions.
   *
   * @param issuer the name of the one that signs; it need not be an authority
   * @param subject such as {@code /CN=localhost}
   * @param extensions lines as openssl has them
   */
  public Certificates issue(String name, String issuer, String subject, String... extensions)
      throws IOException {
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out " + name + ".key");
    request(name, subject, extensions);
    return sign(
        name, "x509 -req -CAcreateserial -days 2 -CA " + issuer + ".crt -CAkey " + issuer + ".key");
  }

  /** Makes {@code NAME.csr}, for the key that is there, and {@code NAME.ext}. */
  public Certificates request(String name, String subject, String... extensions)
      throws IOException {
    openssl("req -new -utf8 -key " + name + ".key -subj '" + subject + "' -out " + name + ".csr");
    Files.writeString(
        directory.resolve(name + ".ext"),
        "subjectKeyIdentifier=hash\n" + String.join("\n", extensions) + "\n");
    return this;
  }

  /** Makes {@code NAME.crt} of what {@link #request} made, by openssl with these words. */
  public Certificates sign(String name, String words) {
    return openssl(words + " -in " + name + ".csr -extfile " + name + ".ext -out " + name + ".crt");
  }

  /** Runs openssl in the directory with these words. */
  public Certificates openssl(String words) {
    String line = "cd '" + directory + "' && openssl " + words;
    Program program = Program.start("sh", "-c", line).await();
    assertThat(program.status()).as(line + "\n" + program.errText()).isZero();
    return this;
  }

  public String file(String name) {
    return directory.resolve(name).toString();
  }

  /** Returns the context of a server that shows that leaf and asks no client for one. */
  public SSLContext server(String name) throws GeneralSecurityException, IOException {
    openssl(
        "pkcs12 -export -passout pass:secret -in "
            + name
            + ".crt -inkey "
            + name
            + ".key -out "
            + name
            + ".p12");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store(name + ".p12"), "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Returns the context of a client that trusts {@code ca}. */
  public SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(directory.resolve("ca.crt"))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name))) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }
}
