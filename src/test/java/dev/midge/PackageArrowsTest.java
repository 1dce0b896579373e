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
          Map.entry(
              "cli",
              Set.of(
                  "client",
                  "format",
                  "broker",
                  "broker.core", // the limits that the broker's options set
                  "lwt",
                  "lwt.report",
                  "lwt.rows",
                  "lwt.row",
                  "lwt.peer",
                  "fault",
                  "wire",
                  "mqtt",
                  "mqtt.packet")),
          Map.entry("lwt.report", Set.of("lwt", "lwt.row", "lwt.peer", "client", "format", "mqtt")),
          Map.entry("lwt", Set.of("lwt.row", "lwt.peer", "client", "fault", "wire", "mqtt")),
          Map.entry(
              "lwt.rows", Set.of("lwt.row", "lwt.peer", "client", "fault", "mqtt", "mqtt.packet")),
          Map.entry("lwt.row", Set.of("lwt.peer", "client", "mqtt", "mqtt.packet")),
          Map.entry("lwt.peer", Set.of("client", "fault", "wire", "mqtt", "mqtt.packet")),
          Map.entry("client", Set.of("fault", "wire", "mqtt", "mqtt.packet")),
          Map.entry("format", Set.of("mqtt")),
          Map.entry("broker", Set.of("broker.core", "broker.transport", "mqtt", "mqtt.packet")),
          Map.entry("broker.transport", Set.of("broker.core", "mqtt", "mqtt.packet", "wire.pem")),
          Map.entry("broker.core", Set.of("mqtt", "mqtt.packet")),
          Map.entry("fault", Set.of("wire")),
          Map.entry("wire", Set.of("wire.pem")),
          Map.entry("wire.pem", Set.of()),
          Map.entry("mqtt.packet", Set.of("mqtt")),
          Map.entry("mqtt", Set.of()));

  /** Rooms that touch no socket, file, clock or thread: time and bytes are arguments. */
  private static final Set<String> PURE =
      Set.of("mqtt", "mqtt.packet", "broker.core", "lwt.report");

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
  void onlyOneClassKnowsJansiAndOnlyTheClientKnowsPaho() throws IOException {
    for (Path file : sources()) {
      String text = Files.readString(file);
      if (text.contains("org.fusesource.jansi")) {
        assertThat(file.getFileName()).hasToString("Terminal.java");
      }
      if (text.contains("org.eclipse.paho")) {
        assertThat(room(file)).isEqualTo("client");
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
