package dev.midge.cli.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The prose that pages of {@code midge help} and sections of manual pages share, in AsciiDoc. The
 * first line of a paragraph, or of an entry of a list, stands in both; further lines, and
 * paragraphs behind a comment, are the manual's alone.
 */
public final class HelpSource {
  private HelpSource() {}

  /**
   * Returns a text.
   *
   * @param name the name of its file, without the ending
   */
  public static String of(String name) {
    return file(name + ".adoc");
  }

  /** Returns a file without the line ends at its end. */
  static String file(String name) {
    return whole(name).stripTrailing();
  }

  /** Returns a file as it is. */
  static String whole(String name) {
    try (InputStream in =
        Objects.requireNonNull(HelpSource.class.getResourceAsStream(name), "a resource")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
