package dev.midge.cli.help;

import static java.util.stream.Collectors.joining;

import dev.midge.cli.doctor.Doctor;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionTable;
import dev.midge.cli.parse.PicocliModel;
import dev.midge.control.ControlWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;

/**
 * The man pages: hand-written prose from src/main/man, options from the tables that parse them,
 * synopsis, examples and statuses from the {@link Manual} that help shows too.
 */
final class ManPages {
  private static final Path PROSE = Path.of("src/main/man");

  /**
   * The edition that the foot of the pages tells: a day on which their prose was last read through.
   */
  private static final String EDITION = "2026-11-28";

  private ManPages() {}

  /** All pages by the names of their files. */
  static Map<String, String> render(Map<String, OptionTable> commands) throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
      String midge =
          prose("midge")
              .replace("{all-exit-statuses}", allStatuses())
              .replace("{common-environment}", HelpSource.of("environment"))
              .replace("{all-variables}", variables(commands.values()));
      pages.put("midge.1", roff(asciidoctor, "midge", midge));
      for (Map.Entry<String, OptionTable> command : commands.entrySet()) {
        String name = "midge-" + command.getKey();
        String page = page(command.getKey(), command.getValue());
        pages.put(name + ".1", roff(asciidoctor, name, page));
      }
    }
    return pages;
  }

  private static String page(String word, OptionTable table) throws IOException {
    Manual manual = Manual.of(word);
    return prose("midge-" + word)
        .replace("{synopsis}", synopsis(word, manual))
        .replace("{options}", options(table))
        .replace("{commands}", controlWords())
        .replace("{formats}", HelpSource.of("formats"))
        .replace("{templates}", prose("templates"))
        .replace("{faults}", HelpSource.of("faults"))
        .replace("{tls}", HelpSource.of("tls"))
        .replace("{properties}", HelpSource.of("properties"))
        .replace("{property-names}", properties(word, table))
        .replace("{passwords}", prose("passwords"))
        .replace("{environment}", prose("option-variables"))
        .replace("{variables}", variables(List.of(table)))
        .replace("{topics}", topics())
        .replace("{checks}", checks())
        .replace("{recipes}", blocks(Recipes.source()))
        .replace("{option-files}", prose("option-files").replace("{word}", word))
        .replace("{exit-statuses}", statuses(manual))
        .replace("{examples}", examples(manual));
  }

  private static String prose(String name) throws IOException {
    return Files.readString(PROSE.resolve(name + ".adoc")).stripTrailing();
  }

  private static String roff(Asciidoctor asciidoctor, String name, String prose) {
    String page =
        "= " + name + "(1)\n:doctype: manpage\n:manmanual: midge\n:mansource: midge\n\n" + prose;
    Attributes attributes = Attributes.builder().attribute("docdate", EDITION).build();
    Options options =
        Options.builder().backend("manpage").standalone(true).attributes(attributes).build();
    return Roff.tidy(asciidoctor.convert(page, options));
  }

  private static String synopsis(String word, Manual manual) {
    return "*midge "
        + word
        + "* "
        + manual
            .synopsis()
            .replaceAll("--?[a-zA-Z]\\w*", "*$0*")
            .replaceAll("(?<![\\w*-])[A-Z]{2,}", "_$0_");
  }

  private static String options(OptionTable table) {
    return OptionSections.of(table).entrySet().stream()
        .map(group -> "=== " + group.getKey() + "\n\n" + entries(group.getValue()))
        .collect(joining());
  }

  private static String entries(List<Option> options) {
    return options.stream()
        .map(
            option ->
                Stream.of(option.names()).map(ManPages::bold).collect(joining(", "))
                    + (option.isFlag() ? "" : " _" + literal(option.label()) + "_")
                    + "::\n  "
                    + literal(option.description().replace("%%", "%"))
                    + "\n\n")
        .collect(joining());
  }

  private static String properties(String word, OptionTable table) {
    Option option = table.find("-D");
    if (option == null) {
      return "";
    }
    Map<String, List<String>> names = PropertyNames.byPacket();
    return CompletionValues.after(word, PicocliModel.spec(option)).words().stream()
        .map(packet -> bold(packet) + "::\n  " + String.join(", ", names.get(packet)))
        .collect(joining("\n\n"));
  }

  private static String controlWords() {
    return Stream.of(ControlWord.values())
        .map(each -> bold(each.form()) + "::\n  " + literal(each.description()))
        .collect(joining("\n\n"));
  }

  private static String topics() {
    return Stream.of(HelpTopic.values())
        .map(topic -> bold(topic.word()) + "::\n  " + literal(topic.title()))
        .collect(joining("\n\n"));
  }

  private static String checks() {
    return Doctor.subjects().entrySet().stream()
        .map(check -> bold(check.getKey()) + "::\n  " + literal(check.getValue()))
        .collect(joining("\n\n"));
  }

  private static String variables(Collection<OptionTable> tables) {
    return tables.stream()
        .flatMap(table -> table.byVariable().keySet().stream())
        .distinct()
        .map(ManPages::bold)
        .collect(joining(", "));
  }

  private static String statuses(Manual manual) {
    return manual.statusTable().entrySet().stream()
        .map(status -> bold(status.getKey()) + "::\n  " + literal(status.getValue()))
        .collect(joining("\n\n"));
  }

  /** The statuses of all commands, each with those that end with it. */
  private static String allStatuses() {
    Map<String, List<String>> entries = new LinkedHashMap<>();
    for (ExitStatuses.Row row : ExitStatuses.rows()) {
      String commands = row.commands().stream().map(ManPages::bold).collect(joining(", "));
      entries
          .computeIfAbsent(row.status(), status -> new ArrayList<>())
          .add(commands + ": " + literal(row.meaning()));
    }
    return entries.entrySet().stream()
        .map(entry -> bold(entry.getKey()) + "::\n  " + String.join(" +\n  ", entry.getValue()))
        .collect(joining("\n\n"));
  }

  /** The indented lines as blocks of their own. */
  private static String examples(Manual manual) {
    return blocks(manual.examples());
  }

  private static String blocks(String examples) {
    return examples.replaceAll("(?m)((?:^ .*\\n)+)", "\n----\n$1----\n").replaceAll("(?m)^  ", "");
  }

  private static String bold(String text) {
    return "*" + literal(text) + "*";
  }

  /** Plain text, whatever AsciiDoc makes of its characters. */
  private static String literal(String text) {
    return "pass:c[" + text.replace("]", "\\]") + "]";
  }
}
