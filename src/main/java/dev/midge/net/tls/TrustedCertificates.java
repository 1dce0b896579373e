package dev.midge.net.tls;

import dev.midge.net.tls.pem.CertificateFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Collects the certificates that are trusted. */
final class TrustedCertificates {

  /** The files in which distributions keep the system's certificates. */
  private static final String[] BUNDLES = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem"
  };

  private final Set<X509Certificate> certificates = new LinkedHashSet<>();

  /** Trusts what is in the file. */
  void file(Path file) throws IOException, CertificateException {
    List<X509Certificate> found = CertificateFile.read(file);
    if (found.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    certificates.addAll(found);
  }

  /**
   * Trusts the files under OpenSSL's hash names. A missing directory is an empty one, and what
   * cannot be read is passed over, as in OpenSSL.
   */
  void directory(Path directory) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, TrustedCertificates::isHashName)) {
      for (Path file : files) {
        try {
          certificates.addAll(CertificateFile.read(file));
        } catch (IOException | CertificateException e) {
          // The others may do.
        }
      }
    } catch (IOException e) {
      // No directory, no certificates.
    }
  }

  /** {@code HASH.N}: OpenSSL looks a certificate up by the hash of its subject. */
  private static boolean isHashName(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0
        && dot < name.length() - 1
        && name.chars().skip(dot + 1L).allMatch(c -> c >= '0' && c <= '9');
  }

  /** Trusts what the system trusts: what OpenSSL's variables say, else the bundle, else Java's. */
  void system(Map<String, String> environment) throws IOException, GeneralSecurityException {
    String file = environment.get("SSL_CERT_FILE");
    String directory = environment.get("SSL_CERT_DIR");
    if (directory != null) {
      for (String one : directory.split(File.pathSeparator)) {
        directory(Path.of(one));
      }
    }
    if (file != null) {
      file(Path.of(file));
    } else if (directory == null && !bundle()) {
      java();
    }
  }

  private boolean bundle() throws IOException, CertificateException {
    for (String name : BUNDLES) {
      Path bundle = Path.of(name);
      if (Files.isReadable(bundle)) {
        file(bundle);
        return true;
      }
    }
    return false;
  }

  private void java() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    certificates.addAll(List.of(first(factory).getAcceptedIssuers()));
  }

  /**
   * Trusts chains that lead to the certificates collected, as far as they are valid now: Java does
   * not look at the dates of what it trusts.
   *
   * @return null when none is
   */
  @Nullable X509ExtendedTrustManager manager() throws IOException, GeneralSecurityException {
    return manager(null);
  }

  /**
   * Trusts chains that lead to those that are valid now.
   *
   * @param time at which the certificates below them have to be valid; null for that of the check
   * @return null when none is
   */
  @Nullable X509ExtendedTrustManager manager(@Nullable Date time)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    Date now = new Date();
    for (X509Certificate certificate : certificates) {
      if (!now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter())) {
        store.setCertificateEntry(Integer.toString(number++), certificate);
      }
    }
    if (number == 0) {
      return null;
    }
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    parameters.setDate(time);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return first(factory);
  }

  /** Returns all that was collected. */
  Set<X509Certificate> certificates() {
    return certificates;
  }

  private static X509ExtendedTrustManager first(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("Java's PKIX trusts no X.509");
  }

  boolean isEmpty() {
    return certificates.isEmpty();
  }
}
