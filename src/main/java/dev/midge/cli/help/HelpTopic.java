package dev.midge.cli.help;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The topics of {@code midge help TOPIC}, each a short page made of what the manual is made of. */
public enum HelpTopic {
  ENVIRONMENT("Variables of the environment", "man midge, ENVIRONMENT"),
  FAULTS(
      "Faults: ends of connections, and worse, on purpose",
      "man midge-pub, FAULTS; docs/faults.md; midge examples faults"),
  FORMATS("Formats: the parts of a message, as sub and rr print them", "man midge-sub, FORMATS"),
  PROPERTIES("Properties of MQTT 5", "man midge-pub, PROPERTIES OF MQTT 5"),
  STATUSES(
      "Exit statuses of the clients and of lwt",
      "midge help COMMAND; man midge, EXIT STATUS; docs/statuses.md"),
  TLS("TLS: connections that nobody else reads", "man midge-pub, TLS; midge examples tls");

  private static final Set<String> CLIENTS = Set.of("pub", "sub", "rr", "conn");

  /** The commands whose statuses scripts look at; the others have few. */
  private static final Set<String> SCRIPTED = Set.of("pub", "sub", "rr", "conn", "lwt");

  private final String title;
  private final String more;

  HelpTopic(String title, String more) {
    this.title = title;
    this.more = more;
  }

  /** Returns the word that asks for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the heading of its page. */
  public String title() {
    return title;
  }

  /** Returns the words of all topics, in order. */
  public static List<String> words() {
    return Arrays.stream(values()).map(HelpTopic::word).toList();
  }

  /** Returns the topic of a word; null where there is none. */
  public static @Nullable HelpTopic of(String word) {
    for (HelpTopic topic : values()) {
      if (topic.word().equals(word)) {
        return topic;
      }
    }
    return null;
  }

  /**
   * Returns the page, which ends in a line end.
   *
   * @param variables returns the names of all variables that stand for options
   * @param bold makes a word bold, or leaves it as it is
   */
  public String page(Supplier<List<String>> variables, UnaryOperator<String> bold) {
    TextLayout layout = new TextLayout(bold);
    layout.heading(title);
    layout.add(blocks(variables));
    layout.add(List.of(new Markup.Block(null, "More: " + more + ".")));
    return layout.toString();
  }

  private List<Markup.Block> blocks(Supplier<List<String>> variables) {
    return switch (this) {
      case STATUSES -> statuses();
      case ENVIRONMENT ->
          Markup.blocks(
              HelpSource.of(word()).replace("{all-variables}", String.join(", ", variables.get())));
      case PROPERTIES ->
          Markup.blocks(HelpSource.of(word()).replace("{property-names}", properties()));
      default -> Markup.blocks(HelpSource.of(word()));
    };
  }

  private static String properties() {
    return PropertyNames.byPacket().entrySet().stream()
        .map(packet -> "*" + packet.getKey() + "*:: " + String.join(", ", packet.getValue()))
        .collect(joining("\n"));
  }

  /** Returns an entry for each status, with the commands that end with it. */
  private static List<Markup.Block> statuses() {
    Map<String, String> entries = new LinkedHashMap<>();
    for (ExitStatuses.Row row : ExitStatuses.rows()) {
      if (row.commands().stream().noneMatch(SCRIPTED::contains)) {
        continue;
      }
      String commands =
          row.commands().containsAll(CLIENTS)
              ? TextLayout.bold("clients")
              : row.commands().stream()
                  .filter(SCRIPTED::contains)
                  .map(TextLayout::bold)
                  .collect(joining(", "));
      entries.merge(
          row.status(), commands + ": " + row.meaning(), (before, next) -> before + ". " + next);
    }
    List<Markup.Block> blocks = new ArrayList<>();
    entries.forEach(
        (status, text) -> blocks.add(new Markup.Block(TextLayout.bold(status), text + ".")));
    blocks.add(
        new Markup.Block(
            null,
            "Clients are pub, sub, rr and conn. The other commands end with 0 when all is well, and with 1 otherwise; broker, ctl and"
                + " passwd have others too."));
    return blocks;
  }
}
