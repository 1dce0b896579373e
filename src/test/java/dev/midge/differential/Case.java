package dev.midge.differential;

import dev.midge.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One command line of the battery, and the world it runs in. In its texts {@code {port}} stands for
 * the port of the listener, {@code {t}} for a topic and {@code {id}} for a client id that no other
 * case uses, {@code {dir}} for an empty directory. Unless the line names the port, {@code -p
 * {port}} goes before it.
 */
final class Case {

  /** Something to be done at the broker, by a client of its own, before the tool starts. */
  interface Preparation {
    void prepare(Stage stage) throws Exception;
  }

  final String tool;
  final String line;
  private static final int USUAL_LIMIT_SECONDS = 15;

  final String name;
  final List<Preparation> preparations = new ArrayList<>();
  final List<Message> whenSubscribed = new ArrayList<>();
  final Map<String, String> environment = new LinkedHashMap<>();
  final Map<String, byte[]> files = new LinkedHashMap<>();
  byte[] input = {};
  Script script;
  String signal;
  boolean sorted;
  boolean forgetsFarewell;
  int limitSeconds = USUAL_LIMIT_SECONDS;

  private Case(String tool, String name, String line) {
    this.tool = tool;
    this.name = tool + ": " + name;
    this.line = line.contains("{port}") ? line : "-p {port} " + line;
  }

  static Case pub(String name, String line) {
    return new Case("pub", name, line);
  }

  static Case sub(String name, String line) {
    return new Case("sub", name, line);
  }

  static Case rr(String name, String line) {
    return new Case("rr", name, line);
  }

  /** The topic that {@code {t}} stands for. */
  String topic() {
    return name.replaceAll("[^A-Za-z0-9]+", "-");
  }

  /** The client id that {@code {id}} stands for; another case at the same broker has another. */
  String id() {
    return String.format("id%08xx", name.hashCode());
  }

  /** Whether a run without a process of its own would not be the same. */
  boolean needsProcess() {
    return signal != null
        || environment.containsKey("LC_ALL")
        || Words.of(line).contains("-s")
        || !Words.isAscii(List.of(line))
        || limitSeconds != USUAL_LIMIT_SECONDS;
  }

  Case input(String text) {
    return input(text.getBytes(StandardCharsets.UTF_8));
  }

  Case input(byte[] bytes) {
    input = bytes;
    return this;
  }

  /** The broker is not Debian's, but plays that. */
  Case against(Script played) {
    script = played;
    return this;
  }

  Case after(Preparation preparation) {
    preparations.add(preparation);
    return this;
  }

  /** These are published once the tool has got its SUBACK. */
  Case whenSubscribed(Message... messages) {
    whenSubscribed.addAll(List.of(messages));
    return this;
  }

  /** That signal comes once the tool has got its SUBACK. */
  Case signalledWhenSubscribed(String name) {
    signal = name;
    return this;
  }

  /** That signal comes when the script says so. */
  Case signalled(String name) {
    signal = name;
    return this;
  }

  Case environment(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A file in {@code {dir}}. */
  Case file(String path, String content) {
    files.put(path, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /**
   * Packets of different exchanges may overtake one another: they, and the lines on standard
   * output, are compared sorted.
   */
  Case inAnyOrder() {
    sorted = true;
    return this;
  }

  /**
   * The tool ends while the broker still sends: what it said last may be lost on the way, and is
   * not compared.
   */
  Case lastWordsMayBeLost() {
    forgetsFarewell = true;
    return this;
  }

  /** A tool that runs so long is not going to end. */
  Case limitSeconds(int seconds) {
    limitSeconds = seconds;
    return this;
  }

  @Override
  public String toString() {
    return name;
  }
}
