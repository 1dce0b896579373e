package dev.midge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the import lines against the picture in docs/architecture.md: doors open one way. */
class PackageArrowsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");
  private static final Pattern OURS =
      Pattern.compile("\\bdev\\.midge((?:\\.[a-z][a-z0-9]*)*)\\.[A-Z]");

  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("", Set.of("cli", "client")), // the stop signal is a part of Surroundings
          Map.entry("startup", Set.of("", "cli", "client")),
          Map.entry(
              "cli",
              Set.of(
                  "client",
                  "client.job",
                  "format",
                  "broker",
                  "broker.core", // the limits that the broker's options set
                  "lwt",
                  "lwt.report",
                  "lwt.rows",
                  "lwt.row",
                  "lwt.peer",
                  "fault",
                  "net",
                  "net.socket",
                  "net.tls",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "text")),
          Map.entry(
              "lwt.report",
              Set.of("lwt", "lwt.row", "lwt.peer", "client", "format", "mqtt", "text")),
          Map.entry("lwt", Set.of("lwt.row", "lwt.peer", "client", "fault", "net", "mqtt")),
          Map.entry(
              "lwt.rows",
              Set.of(
                  "lwt.row", "lwt.peer", "client", "fault", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("lwt.row", Set.of("lwt.peer", "client", "mqtt", "mqtt.packet")),
          Map.entry(
              "lwt.peer", Set.of("client", "fault", "net", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry(
              "client.job",
              Set.of(
                  "client", "client.direct", "client.paho", "client.state", "mqtt", "mqtt.packet")),
          Map.entry(
              "client.paho",
              Set.of(
                  "client",
                  "client.io",
                  "client.paho.cure",
                  "client.state",
                  "fault",
                  "net",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec")),
          Map.entry(
              "client.paho.cure",
              Set.of("client", "client.io", "client.state", "mqtt", "mqtt.packet")),
          Map.entry(
              "client.direct",
              Set.of(
                  "client",
                  "client.io",
                  "client.state",
                  "fault",
                  "net",
                  "net.connect",
                  "mqtt",
                  "mqtt.packet")),
          Map.entry(
              "client.io",
              Set.of(
                  "client", "client.state", "fault", "net", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("client.state", Set.of("client", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("client", Set.of("fault", "net", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("format", Set.of("mqtt", "text")),
          Map.entry("broker", Set.of("broker.core", "broker.transport", "mqtt", "mqtt.packet")),
          Map.entry(
              "broker.transport",
              Set.of("broker.core", "mqtt", "mqtt.packet", "mqtt.codec", "net.tls.pem")),
          Map.entry("broker.core", Set.of("mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("fault", Set.of("net", "net.connect")),
          Map.entry("net.connect", Set.of("net", "net.socket", "net.tls", "net.websocket")),
          Map.entry("net.websocket", Set.of("net", "net.socket")),
          Map.entry("net.tls", Set.of("net", "net.socket", "net.tls.pem")),
          Map.entry("net.socket", Set.of("net")),
          Map.entry("net", Set.of()),
          Map.entry("net.tls.pem", Set.of()),
          Map.entry("mqtt.codec", Set.of("mqtt", "mqtt.packet", "text")),
          Map.entry("mqtt.packet", Set.of("mqtt")),
          Map.entry("mqtt", Set.of("text")),
          Map.entry("text", Set.of()));

  /** Rooms that touch no socket, file, clock or thread: time and bytes are arguments. */
  private static final Set<String> PURE =
      Set.of("text", "mqtt", "mqtt.packet", "mqtt.codec", "broker.core", "lwt.report");

  private static final Pattern WORLD =
      Pattern.compile(
          "\\bjava\\.(net|nio\\.(channels|file)|util\\.concurrent)\\b"
              + "|\\bSystem\\.(nanoTime|currentTimeMillis|in|out|err)\\b"
              + "|\\bInstant\\.now\\b|\\bClock\\b|\\bnew Thread\\b");

  @Test
  void noRoomOpensADoorThatThePictureDoesNotHave() throws IOException {
    List<String> strangers = new ArrayList<>();
    for (Path file : sources()) {
      String room = room(file);
      assertThat(ARROWS).as("a room that the picture does not have: " + file).containsKey(room);
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = OURS.matcher(line);
        while (!line.startsWith("package ") && matcher.find()) {
          String other = matcher.group(1).isEmpty() ? "" : matcher.group(1).substring(1);
          if (!other.equals(room) && !ARROWS.get(room).contains(other)) {
            strangers.add(file + ": " + line.strip());
          }
        }
      }
    }
    assertThat(strangers).isEmpty();
  }

  @Test
  void theGroundFloorAndTheBrokersCoreTouchNoSocketFileClockOrThread() throws IOException {
    List<String> strangers = new ArrayList<>();
    for (Path file : sources()) {
      if (PURE.contains(room(file))) {
        for (String line : Files.readAllLines(file)) {
          if (WORLD.matcher(line).find()) {
            strangers.add(file + ": " + line.strip());
          }
        }
      }
    }
    assertThat(strangers).isEmpty();
  }

  @Test
  void onlyOneClassKnowsJansiAndOnlyOneRoomKnowsPaho() throws IOException {
    for (Path file : sources()) {
      String text = Files.readString(file);
      if (text.contains("org.fusesource.jansi")) {
        assertThat(file.getFileName()).hasToString("Terminal.java");
      }
      if (text.contains("org.eclipse.paho")) {
        assertThat(room(file)).isEqualTo("client.paho");
      }
    }
  }

  @Test
  void onlyTheOutermostClassEndsTheProcess() throws IOException {
    for (Path file : sources()) {
      if (Files.readString(file).contains("System.exit(")) {
        assertThat(file.getFileName()).hasToString("Midge.java");
      }
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      assertThat(sources).hasSizeGreaterThan(50);
      return sources;
    }
  }

  private static String room(Path file) {
    return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
  }
}
