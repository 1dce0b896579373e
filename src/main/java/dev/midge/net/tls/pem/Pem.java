package dev.midge.net.tls.pem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A block of a PEM file, RFC 7468, with the headers that OpenSSL's encrypted keys still carry. Text
 * around the blocks is ignored.
 *
 * @param label such as {@code CERTIFICATE}
 * @param headers such as {@code DEK-Info}
 */
public record Pem(String label, Map<String, String> headers, byte[] der) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /**
   * Returns all blocks of a file.
   *
   * @throws IOException when the file cannot be read, or a block is damaged
   */
  static List<Pem> read(Path file) throws IOException {
    // Latin-1 takes whatever stands between the blocks.
    List<Pem> blocks = new ArrayList<>();
    Draft draft = null;
    for (String line : text(file).lines().toList()) {
      if (draft == null) {
        if (line.startsWith(BEGIN)) {
          int end = line.indexOf(DASHES, BEGIN.length());
          draft = new Draft(line.substring(BEGIN.length(), end < 0 ? line.length() : end));
        }
      } else if (line.startsWith(END)) {
        blocks.add(draft.finish());
        draft = null;
      } else {
        draft.add(line.strip());
      }
    }
    if (draft != null) {
      throw new IOException("a PEM block without an end");
    }
    return blocks;
  }

  /** Returns a block as text, in lines of 64 characters. */
  public static String text(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return BEGIN + label + DASHES + "\n" + base64 + "\n" + END + label + DASHES + "\n";
  }

  /** Reads a file up to a bound: no certificates are that long, but a device may have no end. */
  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new IOException("longer than 16 MiB");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static final class Draft {
    private final String label;
    private final Map<String, String> headers = new HashMap<>();
    private final StringBuilder base64 = new StringBuilder();

    Draft(String label) {
      this.label = label;
    }

    void add(String line) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else {
        base64.append(line);
      }
    }

    Pem finish() throws IOException {
      try {
        return new Pem(label, headers, Base64.getDecoder().decode(base64.toString()));
      } catch (IllegalArgumentException e) {
        throw new IOException("a PEM block that is not base64", e);
      }
    }
  }
}
