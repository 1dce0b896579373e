package dev.midge.mqtt.codec;

import dev.midge.mqtt.ProtocolVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One named packet of {@code src/test/resources/packets}; the README there says how they are
 * written.
 *
 * @param version null before CONNECT
 */
record PacketFixture(String name, ProtocolVersion version, Side side, byte[] bytes, String wanted) {

  /** Each packet of one file, once for every version it names. */
  static List<PacketFixture> readAll(Path file) {
    List<PacketFixture> fixtures = new ArrayList<>();
    String name = "";
    String versions = "";
    Side side = Side.BROKER;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines(file)) {
      if (line.startsWith("packet: ")) {
        name = value(line);
        side = Side.BROKER;
        bytes.reset();
      } else if (line.startsWith("version: ")) {
        versions = value(line);
      } else if (line.startsWith("side: ")) {
        side = Side.valueOf(value(line).toUpperCase(java.util.Locale.ROOT));
      } else if (line.startsWith("wanted: ")) {
        for (String version : versions.split(", ")) {
          fixtures.add(
              new PacketFixture(name, version(version), side, bytes.toByteArray(), value(line)));
        }
      } else if (line.startsWith("  ")) {
        readHex(line, bytes);
      } else if (!line.isEmpty() && !line.startsWith("note: ")) {
        throw new IllegalArgumentException(file + ": " + line);
      }
    }
    return fixtures;
  }

  PacketDecoder decoder() {
    PacketDecoder decoder = new PacketDecoder(side);
    if (version != null) {
      decoder.version(version);
    }
    return decoder;
  }

  @Override
  public String toString() {
    return name + " [" + (version == null ? "first packet" : version) + ", " + side + "]";
  }

  private static void readHex(String line, ByteArrayOutputStream bytes) {
    String hex = line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#'));
    int last = 0;
    for (String word : hex.trim().split(" +")) {
      if (word.startsWith("*")) {
        for (int more = Integer.parseInt(word.substring(1)) - 1; more > 0; more--) {
          bytes.write(last);
        }
      } else {
        last = Integer.parseInt(word, 16);
        bytes.write(last);
      }
    }
  }

  private static String value(String line) {
    return line.substring(line.indexOf(": ") + 2);
  }

  private static ProtocolVersion version(String text) {
    return switch (text) {
      case "none" -> null;
      case "3.1" -> ProtocolVersion.V3_1;
      case "3.1.1" -> ProtocolVersion.V3_1_1;
      case "5" -> ProtocolVersion.V5;
      default -> throw new IllegalArgumentException("version " + text);
    };
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
