package dev.midge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

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

  /** What a server in Java needs to show that leaf; it asks no client for one. */
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

  private KeyStore store(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name))) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }
}
