package dev.midge.net.tls.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;

/** Lists of revoked certificates as OpenSSL writes them. */
public final class RevocationFile {
  private static final String LABEL = "X509 CRL";

  private RevocationFile() {}

  /** Returns the lists of a PEM file, in order; none at all is no error here. */
  public static List<X509CRL> read(Path file) throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509CRL> lists = new ArrayList<>();
    for (Pem block : Pem.read(file)) {
      if (block.label().equals(LABEL)) {
        lists.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(block.der())));
      }
    }
    return lists;
  }
}
