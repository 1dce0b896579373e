package dev.midge.cli.help;

import dev.midge.cli.context.ContextTool;
import dev.midge.control.ControlWord;
import dev.midge.fault.EffectKind;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.rows.DrillRows;
import dev.midge.lwt.rows.NetworkRows;
import dev.midge.mqtt.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a completion offers after an option, for the three shells of {@link Completions}.
 *
 * @param kind what the argument is
 * @param words the words to choose from, where the kind has them; one that ends in {@code :} or
 *     {@code /} is only a beginning
 */
record CompletionValues(Kind kind, List<String> words) {

  /** What the argument of an option is. */
  enum Kind {
    /** The option has none. */
    NONE,
    /** Nobody knows: a topic, a number. */
    ANYTHING,
    ONE_OF_WORDS,
    FILE,
    DIRECTORY,
    /** The name of a context, of which the user's file has a list. */
    CONTEXT,
    /**
     * COMMAND NAME VALUE of {@code -D}; the words are those commands that the midge command has.
     */
    PROPERTY
  }

  private static final List<String> MOMENTS =
      List.of(
          "end",
          "connected",
          "connack",
          "subscribed",
          "after:",
          "every:",
          "bytes:",
          "eof",
          "publish:",
          "publish-in:",
          "topic:",
          "random:");

  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry("--protocol-version", List.of("5", "311", "31")),
          Map.entry("--qos", List.of("0", "1", "2")),
          Map.entry("--will-qos", List.of("0", "1", "2")),
          Map.entry("--then", List.of("reconnect", "reconnect:")),
          Map.entry("--retain-handling", List.of("always", "new", "never")),
          Map.entry("--tls-version", List.of("tlsv1.2", "tlsv1.3")),
          Map.entry("--keyform", List.of("pem")),
          Map.entry("--color", List.of("auto", "always", "never")),
          Map.entry("--frame", List.of("u32")),
          Map.entry("--url", List.of("mqtt://", "mqtts://", "ws://", "wss://")),
          Map.entry("--proxy", List.of("socks5h://")),
          Map.entry("--to", List.of("mqtt://", "mqtts://", "ws://", "wss://", "unix:")),
          Map.entry("--against", List.of("mqtt://", "mqtts://", "ws://", "wss://", "unix:")),
          Map.entry("--decode", forms()),
          Map.entry("--encode", forms()),
          Map.entry("--only", rows()),
          Map.entry("--skip", rows()));

  private static List<String> forms() {
    return List.of(
        "hex", "base64", "json", "cbor", "msgpack", "protobuf:", "sparkplug", "gzip", "zlib");
  }

  private static final Map<String, List<String>> PROPERTY_COMMANDS =
      Map.of(
          "pub", List.of("connect", "publish", "will", "disconnect"),
          "sub", List.of("connect", "subscribe", "unsubscribe", "will", "disconnect"),
          "rr", List.of("connect", "publish", "subscribe", "will", "disconnect"),
          "conn", List.of("connect", "will", "disconnect"));

  /** What follows that option of that command. */
  static CompletionValues after(String command, OptionSpec option) {
    if (option.arity().max() == 0) {
      return new CompletionValues(Kind.NONE, List.of());
    }
    List<String> names = List.of(option.names());
    if (names.contains("--property")) {
      return new CompletionValues(Kind.PROPERTY, PROPERTY_COMMANDS.get(command));
    }
    if (names.contains("--fault")) {
      return new CompletionValues(Kind.ONE_OF_WORDS, faults(command));
    }
    for (String name : names) {
      if (WORDS.containsKey(name)) {
        return new CompletionValues(Kind.ONE_OF_WORDS, WORDS.get(name));
      }
    }
    if (names.contains("--context")) {
      return new CompletionValues(Kind.CONTEXT, List.of());
    }
    Kind kind =
        switch (option.paramLabel()) {
          case "FILE", "PATH" -> Kind.FILE;
          case "DIRECTORY" -> Kind.DIRECTORY;
          default -> Kind.ANYTHING;
        };
    return new CompletionValues(kind, List.of());
  }

  /** The words that are no options, of which the first one behind a command is taken. */
  static List<String> operands(String command) {
    return switch (command) {
      case "ctl" -> ControlWord.words();
      case "context" -> ContextTool.WORDS;
      case "help" -> HelpTopic.words();
      default -> List.of();
    };
  }

  /** The properties that are 0 or 1. */
  static List<String> switches() {
    return Arrays.stream(Property.values())
        .filter(property -> property.type() == Property.Type.BYTE)
        .filter(
            property ->
                PropertyNames.byPacket().values().toString().contains(property.propertyName()))
        .map(Property::propertyName)
        .toList();
  }

  private static List<String> rows() {
    return Stream.concat(DrillRows.all().stream(), NetworkRows.all().stream())
        .map(Row::id)
        .toList();
  }

  private static List<String> faults(String command) {
    FaultSide side =
        switch (command) {
          case "broker" -> FaultSide.BROKER;
          case "proxy" -> FaultSide.PROXY;
          default -> FaultSide.CLIENT;
        };
    List<String> words = new ArrayList<>();
    for (EffectKind kind : EffectKind.values()) {
      if (!kind.isOf(side)) {
        continue;
      }
      if (kind.argument().startsWith(":")) {
        words.add(kind.word() + ":");
        continue;
      }
      words.add(kind.word());
      for (String moment : MOMENTS) {
        if (isPossible(kind.word() + "@" + moment, side)) {
          words.add(kind.word() + "@" + moment);
        }
      }
      if (kind.argument().contains("NN")) {
        words.add(kind.word() + ":0x");
      } else if (!kind.argument().isEmpty()) {
        for (String argument : kind.argument().replaceAll("[\\[\\]:]", "").split("\\|")) {
          words.add(kind.word() + ":" + argument);
        }
      }
    }
    return words;
  }

  private static boolean isPossible(String beginning, FaultSide side) {
    String word = beginning.replaceFirst("after:$|every:$", "$01s").replaceFirst(":$", ":1");
    try {
      FaultParser.parse(word, side);
      return true;
    } catch (FaultSyntaxException e) {
      return false;
    }
  }

  /** All words that are offered behind a command, by the long names of their options. */
  static Map<String, List<String>> all(String command) {
    Map<String, List<String>> all = new LinkedHashMap<>(WORDS);
    all.put("--fault", faults(command));
    return all;
  }
}
