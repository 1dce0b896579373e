package dev.midge.broker.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Certificates and private keys out of PEM files. Used when a listener opens. */
final class PemFile {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int SEQUENCE = 0x30;
  private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

  // AlgorithmIdentifiers without their tags and lengths; the one for EC lacks the curve.
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = {2, 1, 0};

  private record Block(String label, byte[] der) {}

  private PemFile() {}

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks(file)) {
      if (block.label.endsWith("CERTIFICATE")) { // "X509" and "TRUSTED" may stand before it
        ByteArrayInputStream der = new ByteArrayInputStream(block.der);
        certificates.add((X509Certificate) factory.generateCertificate(der));
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in it");
    }
    return certificates;
  }

  /** The first private key of a file. */
  static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    for (Block block : blocks(file)) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return pkcs8(block.der);
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(wrapped(RSA, block.der));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(wrapped(join(EC, curve(block.der)), block.der));
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new GeneralSecurityException("the key is encrypted, which is not supported");
        default -> {}
      }
    }
    throw new GeneralSecurityException("no private key in it");
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException notThis) {
        // The next one, then.
      }
    }
    throw new GeneralSecurityException("the key is damaged, or of a kind that Java does not know");
  }

  /** RFC 5208: version, algorithm, and the older form as octets. */
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return element(SEQUENCE, join(VERSION_0, element(SEQUENCE, algorithm), element(4, key)));
  }

  /** RFC 5915: behind version and number stands the curve, tagged [0]. */
  private static byte[] curve(byte[] der) throws GeneralSecurityException {
    try {
      ByteBuffer key = content(ByteBuffer.wrap(der), SEQUENCE);
      content(key, 2);
      content(key, 4);
      ByteBuffer curve = content(key, 0xA0);
      byte[] bytes = new byte[curve.remaining()];
      curve.get(bytes);
      return bytes;
    } catch (RuntimeException e) {
      throw new GeneralSecurityException("the key is damaged", e);
    }
  }

  /** The content of the next element, which is stepped over. */
  private static ByteBuffer content(ByteBuffer der, int tag) {
    if ((der.get() & 0xFF) != tag) {
      throw new IllegalArgumentException("another element");
    }
    int length = der.get() & 0xFF;
    if (length > 0x80) {
      int count = length & 0x7F;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | der.get() & 0xFF;
      }
    }
    ByteBuffer content = der.slice(der.position(), length);
    der.position(der.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length; // DER wants the fewest bytes
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  private static List<Block> blocks(Path file) throws IOException, GeneralSecurityException {
    List<Block> blocks = new ArrayList<>();
    String label = null;
    StringBuilder base64 = new StringBuilder();
    // Latin-1 takes whatever stands between the blocks.
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(BEGIN)) {
        int end = line.indexOf(DASHES, BEGIN.length());
        label = line.substring(BEGIN.length(), end < 0 ? line.length() : end);
        base64.setLength(0);
      } else if (line.startsWith(END) && label != null) {
        try {
          blocks.add(new Block(label, Base64.getDecoder().decode(base64.toString())));
        } catch (IllegalArgumentException e) {
          // The headers of an encrypted key of the older forms, most likely.
          throw new GeneralSecurityException("damaged or encrypted", e);
        }
        label = null;
      } else if (label != null) {
        base64.append(line.strip());
      }
    }
    return blocks;
  }
}
