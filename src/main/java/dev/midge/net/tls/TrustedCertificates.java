package dev.midge.net.tls;

import dev.midge.net.tls.pem.CertificateFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
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
      if (Files.isReadable(Path.of(file))) {
        file(Path.of(file));
      } else if (isEmpty()) { // OpenSSL passes it over even then, and nobody learns why.
        throw new IOException("SSL_CERT_FILE names " + file + ", which cannot be read");
      }
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
    certificates.addAll(List.of(manager(factory).getAcceptedIssuers()));
  }

  /**
   * Trusts chains that lead to the certificates collected, as far as they are valid now: Java does
   * not look at the dates of what it trusts.
   *
   * @return null when none is
   */
  @Nullable X509ExtendedTrustManager manager() throws IOException, GeneralSecurityException {
    KeyStore store = store(validNow());
    if (store.size() == 0) {
      return null;
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return manager(factory);
  }

  /**
   * Trusts chains that lead to roots among the certificates collected, over others among them where
   * need be, as OpenSSL does; all of these as far as they are valid now.
   *
   * @param time at which the rest of a chain has to be valid; null for that of the check
   * @return null when no root is
   */
  @Nullable X509ExtendedTrustManager managerOfRoots(@Nullable Date time)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> valid = validNow();
    KeyStore roots = store(valid.stream().filter(TrustedCertificates::isRoot).toList());
    if (roots.size() == 0) {
      return null;
    }
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    parameters.setDate(time);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(valid)));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return manager(factory);
  }

  /** Tells whether a certificate names itself as its issuer. */
  static boolean isRoot(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private List<X509Certificate> validNow() {
    Date now = new Date();
    return certificates.stream()
        .filter(each -> !now.before(each.getNotBefore()) && !now.after(each.getNotAfter()))
        .toList();
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry(Integer.toString(number++), certificate);
    }
    return store;
  }

  /** Returns all that was collected. */
  Set<X509Certificate> certificates() {
    return certificates;
  }

  private static X509ExtendedTrustManager manager(TrustManagerFactory factory) {
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
