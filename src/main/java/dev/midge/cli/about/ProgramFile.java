package dev.midge.cli.about;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jar that this midge is, or the directory of its classes. */
public final class ProgramFile {
  private ProgramFile() {}

  /** Returns its path; null where Java does not tell. */
  public static @Nullable Path path() {
    CodeSource source = ProgramFile.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Returns the SHA-256 of the jar, which is the same for all builds of the same sources; null
   * where there is no jar.
   */
  static @Nullable String digest() {
    Path path = path();
    if (path == null || !Files.isRegularFile(path)) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(path));
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | NoSuchAlgorithmException e) {
      return null;
    }
  }

  /**
   * Returns the versions of the libraries inside, by their names; none without the build's file.
   */
  static Map<String, String> libraries() {
    Map<String, String> versions = new LinkedHashMap<>();
    try (InputStream in = ProgramFile.class.getResourceAsStream("libraries.properties")) {
      String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .map(line -> line.split("=", 2))
          .forEach(pair -> versions.put(pair[0], pair[pair.length - 1]));
    } catch (IOException e) {
      return versions;
    }
    return versions;
  }
}
