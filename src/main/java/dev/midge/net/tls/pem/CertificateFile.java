package dev.midge.net.tls.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Certificates as OpenSSL writes them. Used by whoever sets TLS up, on either side. */
public final class CertificateFile {

  /** In a trusted one OpenSSL's own words stand behind the certificate, where nobody reads them. */
  private static final Set<String> LABELS =
      Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private CertificateFile() {}

  /** Returns the certificates of a PEM file, in order; none at all is no error here. */
  public static List<X509Certificate> read(Path file) throws IOException, CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : Pem.read(file)) {
      if (LABELS.contains(block.label())) {
        ByteArrayInputStream der = new ByteArrayInputStream(block.der());
        certificates.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    return certificates;
  }
}
