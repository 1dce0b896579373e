package dev.midge.broker.embedded;

import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one broker: they are in a directory of the system's for temporary files that nobody
 * else may read, and gone when the broker is closed. There is none until one is needed.
 */
final class BrokerFiles {
  private @Nullable Path directory;
  private @Nullable TestAuthority authority;
  private boolean closed;

  /** Returns the authority of the broker's certificates, made at the first call. */
  synchronized TestAuthority authority() {
    if (authority == null) {
      authority = TestAuthority.create();
    }
    return authority;
  }

  /** Writes a certificate for {@code localhost}, and names its files. */
  TlsFiles tls(boolean requireCertificate) throws IOException {
    Path certificate = path("server.crt");
    Path key = path("server.key");
    if (!Files.exists(certificate)) {
      TestCertificate made = authority().server(List.of("localhost", "127.0.0.1", "::1"));
      made.write(certificate, key);
    }
    return new TlsFiles(certificate, key, authorityFile(), requireCertificate);
  }

  /** Returns the PEM file with the certificate of the authority. */
  Path authorityFile() throws IOException {
    Path file = path("ca.crt");
    if (!Files.exists(file)) {
      Files.writeString(file, authority().pem());
    }
    return file;
  }

  /** Writes the lines of an access file. */
  Path access(List<String> lines) throws IOException {
    return Files.write(path("access"), lines);
  }

  /**
   * Returns the place of a file.
   *
   * @throws IllegalStateException when the files are closed
   */
  synchronized Path path(String name) throws IOException {
    if (closed) {
      throw new IllegalStateException("the broker is closed, and its files are deleted");
    }
    if (directory == null) {
      directory = Files.createTempDirectory("midge-broker");
    }
    return directory.resolve(name);
  }

  /** Lets there be files again. */
  synchronized void open() {
    closed = false;
  }

  /** Deletes all files; there are none any more. */
  synchronized void close() {
    closed = true;
    delete();
  }

  /** Deletes all files of now. */
  synchronized void delete() {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.toList()) {
        Files.deleteIfExists(each);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the broker cannot be deleted", e);
    }
    directory = null;
  }
}
