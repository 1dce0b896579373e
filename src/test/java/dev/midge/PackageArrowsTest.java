package dev.midge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.structure.Cycles;
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
import org.junit.jupiter.api.io.TempDir;

/** Holds the import lines against the picture in docs/architecture.md: doors open one way. */
class PackageArrowsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/midge");
  private static final Pattern OURS =
      Pattern.compile("\\bdev\\.midge((?:\\.[a-z][a-z0-9]*)*)\\.[A-Z]");

  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("", Set.of("cli", "cli.command")),
          Map.entry("startup", Set.of("", "cli", "cli.console", "cli.parse", "client")),
          Map.entry(
              "cli.command",
              Set.of(
                  "cli",
                  "cli.about",
                  "cli.doctor",
                  "cli.parse",
                  "cli.console",
                  "cli.context",
                  "cli.failure",
                  "cli.fleet",
                  "cli.options",
                  "cli.expect",
                  "cli.exec",
                  "cli.help",
                  "cli.drill",
                  "cli.proxy",
                  "cli.control",
                  "cli.broker",
                  "cli.pipe",
                  "cli.view",
                  "client",
                  "client.job",
                  "client.source",
                  "control",
                  "control.socket",
                  "format",
                  "broker",
                  "lwt",
                  "lwt.report",
                  "lwt.row",
                  "fault",
                  "net",
                  "mqtt",
                  "mqtt.packet",
                  "text",
                  "fault.plan",
                  "cli.fault",
                  "cli.make")),
          Map.entry(
              "cli.broker",
              Set.of(
                  "cli",
                  "cli.parse",
                  "cli.console",
                  "cli.options",
                  "cli.control",
                  "cli.fault",
                  "client", // the signal to stop
                  "control",
                  "fault",
                  "fault.plan",
                  "format", // the times of the log
                  "broker",
                  "broker.access",
                  "broker.config",
                  "broker.config.file",
                  "net.tls.make",
                  "text")),
          Map.entry(
              "cli.expect",
              Set.of(
                  "cli",
                  "cli.options",
                  "cli.parse",
                  "client",
                  "client.job",
                  "fault", // times in the words of users
                  "format",
                  "mqtt",
                  "text")),
          Map.entry(
              "cli.drill",
              Set.of(
                  "cli",
                  "cli.parse",
                  "cli.console",
                  "cli.failure",
                  "cli.options",
                  "client",
                  "broker",
                  "lwt",
                  "lwt.report",
                  "lwt.rows",
                  "lwt.row",
                  "lwt.peer",
                  "net",
                  "mqtt",
                  "mqtt.packet",
                  "text",
                  "fault",
                  "fault.plan",
                  "proxy",
                  "proxy.event")),
          Map.entry(
              "cli.proxy",
              Set.of(
                  "cli",
                  "cli.parse",
                  "cli.console",
                  "cli.failure", // why a broker cannot be reached
                  "cli.options",
                  "client", // the signal to stop
                  "fault",
                  "format",
                  "proxy",
                  "proxy.capture",
                  "proxy.event",
                  "net",
                  "net.tls",
                  "mqtt",
                  "mqtt.packet",
                  "text",
                  "fault.plan",
                  "cli.control",
                  "cli.fault",
                  "control")),
          Map.entry(
              "cli.control",
              Set.of(
                  "cli",
                  "cli.keyboard",
                  "cli.options",
                  "cli.parse",
                  "broker",
                  "broker.inspect",
                  "control",
                  "control.socket",
                  "fault",
                  "lwt.report", // the columns of a text
                  "mqtt",
                  "text",
                  "fault.plan")),
          Map.entry(
              "cli.exec",
              Set.of(
                  "cli",
                  "cli.console",
                  "cli.parse",
                  "client",
                  "client.job",
                  "fault", // times
                  "format",
                  "mqtt",
                  "text")),
          Map.entry(
              "cli.context",
              Set.of(
                  "cli",
                  "cli.options",
                  "cli.parse",
                  "broker.access", // a file that is replaced whole
                  "control", // facts as JSON
                  "text")),
          Map.entry("cli.keyboard", Set.of("cli.console")),
          Map.entry(
              "cli.pipe",
              Set.of(
                  "cli",
                  "cli.options",
                  "cli.parse",
                  "client.job",
                  "client.source",
                  "format",
                  "mqtt",
                  "text")),
          Map.entry("control", Set.of("fault", "format", "mqtt", "fault.plan")),
          Map.entry("control.socket", Set.of("control", "net.socket")),
          Map.entry(
              "cli.options",
              Set.of(
                  "client.job",
                  "client.source",
                  "cli",
                  "cli.parse",
                  "cli.console",
                  "cli.failure",
                  "client",
                  "fault",
                  "format",
                  "net",
                  "net.tls",
                  "mqtt",
                  "text",
                  "fault.plan",
                  "cli.fault")),
          Map.entry(
              "cli.failure",
              Set.of("cli", "cli.parse", "client", "net", "net.socket", "net.tls", "mqtt", "text")),
          Map.entry("cli.help", Set.of("cli.parse", "mqtt")),
          Map.entry(
              "cli.about",
              Set.of(
                  "cli",
                  "cli.console",
                  "cli.help", // the columns of a text
                  "control", // facts as JSON
                  "text")),
          Map.entry(
              "cli.doctor",
              Set.of(
                  "cli",
                  "cli.about",
                  "cli.console",
                  "cli.context",
                  "cli.fleet", // the limit of open files
                  "cli.help", // the columns of a text
                  "control", // facts as JSON
                  "net",
                  "net.connect",
                  "text")),
          Map.entry(
              "cli.view",
              Set.of(
                  "cli",
                  "cli.parse",
                  "cli.console",
                  "client.job",
                  "client.source",
                  "mqtt",
                  "text",
                  "view",
                  "view.binary",
                  "view.json",
                  "view.proto")),
          Map.entry("view", Set.of()),
          Map.entry("view.binary", Set.of("format", "text", "view", "view.json")),
          Map.entry("view.json", Set.of("format", "text", "view")),
          Map.entry("view.proto", Set.of("format", "text", "view", "view.json")),
          Map.entry(
              "cli.console",
              Set.of(
                  "client.job",
                  "cli",
                  "cli.parse",
                  "client",
                  "format",
                  "broker", // the log of faults
                  "lwt.report", // the columns of a text
                  "mqtt",
                  "mqtt.packet",
                  "text")),
          Map.entry("cli.parse", Set.of("cli", "net", "mqtt", "text")),
          Map.entry("cli", Set.of("client", "mqtt", "text")),
          Map.entry(
              "lwt.report",
              Set.of("lwt", "lwt.row", "lwt.peer", "client", "format", "mqtt", "text")),
          Map.entry("lwt", Set.of("lwt.row", "lwt.peer", "client", "fault", "net", "mqtt")),
          Map.entry(
              "lwt.rows",
              Set.of(
                  "lwt.row", "lwt.peer", "client", "fault", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("lwt.row", Set.of("lwt.peer", "client", "mqtt", "fault", "net")),
          Map.entry(
              "lwt.peer",
              Set.of(
                  "client",
                  "client.job", // the engines
                  "fault.channel",
                  "fault",
                  "net",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec")),
          Map.entry("client.source", Set.of("mqtt")),
          Map.entry(
              "client.job",
              Set.of(
                  "client.source",
                  "client",
                  "client.direct",
                  "client.paho",
                  "client.state",
                  "mqtt",
                  "mqtt.packet")),
          Map.entry(
              "client.paho",
              Set.of(
                  "client",
                  "client.io",
                  "client.paho.cure",
                  "client.state",
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
                  "net",
                  "net.connect",
                  "mqtt",
                  "mqtt.packet")),
          Map.entry(
              "client.io",
              Set.of(
                  "client",
                  "client.state",
                  "fault",
                  "net",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "fault.plan")),
          Map.entry("client.state", Set.of("client", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry(
              "client",
              Set.of(
                  "fault",
                  "fault.channel",
                  "net",
                  "net.connect", // the second client of a takeover
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "fault.plan")),
          Map.entry("format", Set.of("mqtt", "text")),
          Map.entry(
              "broker",
              Set.of(
                  "broker.access",
                  "broker.config",
                  "broker.core",
                  "broker.inspect",
                  "broker.sys",
                  "broker.persist",
                  "broker.transport",
                  "fault",
                  "mqtt",
                  "mqtt.packet",
                  "text",
                  "fault.plan")),
          Map.entry(
              "broker.persist",
              Set.of(
                  "broker.config",
                  "broker.core",
                  "broker.core.delivery",
                  "broker.core.router",
                  "broker.core.session",
                  "broker.transport", // the seam for what keeps the state
                  "mqtt",
                  "mqtt.codec",
                  "mqtt.packet")),
          Map.entry(
              "broker.transport",
              Set.of(
                  "broker.config",
                  "broker.core",
                  "broker.core.router",
                  "broker.fault",
                  "broker.sys",
                  "fault",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "net", // addresses as text
                  "net.socket", // the file of a unix socket
                  "net.tls",
                  "net.websocket",
                  "fault.plan",
                  "text")),
          Map.entry(
              "broker.sys",
              Set.of("broker.core", "broker.core.router", "broker.inspect", "mqtt", "mqtt.packet")),
          Map.entry(
              "broker.fault",
              Set.of(
                  "broker.core",
                  "broker.core.router",
                  "fault",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "fault.plan",
                  "text")),
          Map.entry(
              "broker.core.router",
              Set.of(
                  "broker.access",
                  "broker.config",
                  "broker.core",
                  "broker.core.session",
                  "broker.core.topics",
                  "broker.core.delivery",
                  "broker.inspect",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "text")),
          Map.entry(
              "broker.core.session",
              Set.of(
                  "broker.config",
                  "broker.core",
                  "broker.core.topics",
                  "broker.core.delivery",
                  "broker.inspect",
                  "mqtt")),
          Map.entry(
              "broker.core.topics",
              Set.of("broker.config", "broker.core", "broker.core.delivery", "mqtt")),
          Map.entry(
              "broker.core.delivery",
              Set.of(
                  "broker.config",
                  "broker.core",
                  "broker.inspect",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec")),
          Map.entry("broker.inspect", Set.of("mqtt")),
          Map.entry(
              "broker.core",
              Set.of(
                  "broker.access",
                  "broker.config",
                  "broker.inspect",
                  "mqtt",
                  "mqtt.packet",
                  "text")),
          Map.entry("broker.junit", Set.of("broker.embedded")),
          Map.entry(
              "broker.embedded",
              Set.of(
                  "broker",
                  "broker.access",
                  "broker.config",
                  "broker.inspect",
                  "fault",
                  "fault.plan",
                  "mqtt",
                  "mqtt.packet",
                  "net.tls.make",
                  "text")),
          Map.entry("broker.access", Set.of("mqtt", "text")),
          Map.entry("broker.config", Set.of("mqtt")),
          Map.entry(
              "broker.config.file",
              Set.of("broker", "broker.access", "broker.config", "fault", "mqtt", "text")),
          Map.entry(
              "proxy",
              Set.of(
                  "proxy.carry",
                  "proxy.event",
                  "fault",
                  "net",
                  "net.socket",
                  "net.tls",
                  "fault.plan")),
          Map.entry(
              "proxy.carry",
              Set.of(
                  "proxy.event",
                  "proxy.packet",
                  "fault",
                  "net",
                  "net.connect",
                  "mqtt",
                  "mqtt.packet",
                  "mqtt.codec",
                  "fault.plan")),
          Map.entry(
              "proxy.packet", Set.of("proxy.event", "fault", "mqtt", "mqtt.packet", "mqtt.codec")),
          Map.entry("proxy.capture", Set.of("proxy.event", "fault", "mqtt.packet")),
          Map.entry("proxy.event", Set.of("fault", "mqtt", "mqtt.packet")),
          Map.entry(
              "cli.fleet",
              Set.of(
                  "cli",
                  "cli.failure",
                  "cli.fault",
                  "cli.options",
                  "cli.parse",
                  "client",
                  "client.job",
                  "client.source",
                  "fault",
                  "fault.plan",
                  "mqtt",
                  "mqtt.packet",
                  "net",
                  "text")),
          Map.entry("cli.fault", Set.of("cli", "cli.parse", "fault", "fault.plan", "format")),
          Map.entry(
              "cli.make",
              Set.of(
                  "cli",
                  "cli.options",
                  "cli.parse",
                  "client.job",
                  "client.source",
                  "format",
                  "mqtt",
                  "text")),
          Map.entry("fault.plan", Set.of("fault", "mqtt", "mqtt.packet", "text")),
          Map.entry("fault", Set.of("mqtt", "mqtt.packet")),
          Map.entry("fault.channel", Set.of("fault", "net", "net.connect", "fault.plan")),
          Map.entry("net.connect", Set.of("net", "net.socket", "net.tls", "net.websocket")),
          Map.entry("net.websocket", Set.of("net", "net.socket")),
          Map.entry("net.tls", Set.of("net", "net.socket", "net.tls.pem")),
          Map.entry("net.tls.make", Set.of("net", "net.tls.pem")),
          Map.entry("net.socket", Set.of("net")),
          Map.entry("net", Set.of()),
          Map.entry("net.tls.pem", Set.of()),
          Map.entry("mqtt.codec", Set.of("mqtt", "mqtt.packet", "text")),
          Map.entry("mqtt.packet", Set.of("mqtt")),
          Map.entry("mqtt", Set.of("text")),
          Map.entry("text", Set.of()));

  /** Rooms that touch no socket, file, clock or thread: time and bytes are arguments. */
  private static final Set<String> PURE =
      Set.of(
          "text",
          "mqtt",
          "mqtt.packet",
          "mqtt.codec",
          "broker.core",
          "broker.core.delivery",
          "broker.core.topics",
          "broker.core.session",
          "broker.core.router",
          "broker.sys",
          "proxy.packet",
          "lwt.report");

  private static final Pattern WORLD =
      Pattern.compile(
          "\\bjava\\.(net|nio\\.(channels|file)|util\\.concurrent)\\b"
              + "|\\bSystem\\.(nanoTime|currentTimeMillis|in|out|err)\\b"
              + "|\\bInstant\\.now\\b|\\bClock\\b|\\bnew Thread\\b");

  @TempDir Path directory;

  @Test
  void noRoomOpensADoorThatThePictureDoesNotHave() throws IOException {
    assertThat(sources(SOURCES)).hasSizeGreaterThan(50);
    assertThat(strangers(SOURCES)).isEmpty();
  }

  private static List<String> strangers(Path root) throws IOException {
    List<String> strangers = new ArrayList<>();
    for (Path file : sources(root)) {
      String room = room(root, file);
      if (!ARROWS.containsKey(room)) {
        strangers.add(file + ": a room that the picture does not have");
        continue;
      }
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
    return strangers;
  }

  @Test
  void theGroundFloorAndTheBrokersCoreTouchNoSocketFileClockOrThread() throws IOException {
    assertThat(worldly(SOURCES)).isEmpty();
  }

  private static List<String> worldly(Path root) throws IOException {
    List<String> worldly = new ArrayList<>();
    for (Path file : sources(root)) {
      if (PURE.contains(room(root, file))) {
        for (String line : Files.readAllLines(file)) {
          if (WORLD.matcher(line).find()) {
            worldly.add(file + ": " + line.strip());
          }
        }
      }
    }
    return worldly;
  }

  @Test
  void thePictureHasNoTwoRoomsThatKnowEachOtherBothWays() {
    assertThat(Cycles.in(ARROWS)).isEmpty();
  }

  @Test
  void thePictureHasNoArrowToARoomThatItLacks() {
    ARROWS.forEach((room, others) -> assertThat(ARROWS.keySet()).as(room).containsAll(others));
  }

  @Test
  void onlyOneClassKnowsJansiAndOneJlineAndOneTheSignalsAndOnlyOneRoomKnowsPaho()
      throws IOException {
    for (Path file : sources(SOURCES)) {
      String text = Files.readString(file);
      if (text.contains("org.fusesource.jansi")) {
        assertThat(file.getFileName()).hasToString("Terminal.java");
      }
      if (text.contains("org.jline")) {
        assertThat(file.getFileName()).hasToString("Keyboard.java");
      }
      if (text.contains("sun.misc")) {
        assertThat(file.getFileName()).hasToString("Signals.java");
      }
      if (text.contains("org.eclipse.paho")) {
        assertThat(room(SOURCES, file)).isEqualTo("client.paho");
      }
    }
  }

  @Test
  void doorsAndRoomsThatThePictureLacksAreFound() throws IOException {
    Path text = Files.createDirectories(directory.resolve("text"));
    Path attic = Files.createDirectories(directory.resolve("attic"));
    Files.writeString(
        text.resolve("A.java"), "import dev.midge.mqtt.Qos;\nimport dev.midge.Midge;");
    Files.writeString(text.resolve("B.java"), "class B { long now = System.nanoTime(); }");
    Files.writeString(attic.resolve("C.java"), "class C {}");

    assertThat(strangers(directory))
        .containsExactly(
            attic + "/C.java: a room that the picture does not have",
            text + "/A.java: import dev.midge.mqtt.Qos;",
            text + "/A.java: import dev.midge.Midge;");
    assertThat(worldly(directory)).singleElement().asString().startsWith(text + "/B.java");
  }

  @Test
  void circlesAreFound() {
    assertThat(
            Cycles.in(
                Map.of(
                    "a", Set.of("b"),
                    "b", Set.of("c", "d"),
                    "c", Set.of("a"),
                    "d", Set.of(),
                    "e", Set.of("a"))))
        .containsExactly(Set.of("a", "b", "c"));
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String room(Path root, Path file) {
    return root.relativize(file.getParent()).toString().replace('/', '.');
  }
}
