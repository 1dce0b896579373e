package dev.midge.net.tls.make;

import dev.midge.net.tls.pem.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its key.
 *
 * @param chain the certificate itself, then the intermediates between it and the root
 */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {
  public TestCertificate {
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Returns the certificate alone. */
  public String pem() {
    return pem(certificate());
  }

  /** Returns the certificate, then the intermediates. */
  public String chainPem() {
    StringBuilder text = new StringBuilder();
    chain.forEach(each -> text.append(pem(each)));
    return text.toString();
  }

  /** Returns the key as PKCS#8, not encrypted. */
  public String keyPem() {
    return Pem.text("PRIVATE KEY", key.getEncoded());
  }

  /**
   * Writes the chain to a file, and the key to another, which its owner alone may read.
   *
   * @throws IOException when one of them is there already, or cannot be written
   */
  public void write(Path certificateFile, Path keyFile) throws IOException {
    Files.createFile(keyFile, privately(keyFile));
    Files.writeString(keyFile, keyPem());
    Files.writeString(certificateFile, chainPem());
  }

  private static FileAttribute<?>[] privately(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  static String pem(X509Certificate certificate) {
    try {
      return Pem.text("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e); // It was read from that encoding.
    }
  }
}
