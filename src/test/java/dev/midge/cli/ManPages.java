package dev.midge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The man pages: hand-written prose from src/main/man, options from the tables that parse them. */
final class ManPages {
  private static final Path PROSE = Path.of("src/main/man");

  private ManPages() {}

  /** All pages by the names of their files. */
  static Map<String, String> render(Map<String, CommandSpec> commands) throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    try (Asciidoctor asciidoctor = Asciidoctor.Factory.create()) {
      pages.put("midge.1", roff(asciidoctor, "midge", ""));
      for (Map.Entry<String, CommandSpec> command : commands.entrySet()) {
        String name = "midge-" + command.getKey();
        pages.put(name + ".1", roff(asciidoctor, name, options(command.getValue())));
      }
    }
    return pages;
  }

  private static String roff(Asciidoctor asciidoctor, String name, String options)
      throws IOException {
    String prose = Files.readString(PROSE.resolve(name + ".adoc"));
    String page =
        "= "
            + name
            + "(1)\n:doctype: manpage\n:manmanual: midge\n:mansource: midge\n\n"
            + prose
                .replace("{options}", options)
                .replace("{exit-statuses}", Files.readString(PROSE.resolve("exit-statuses.adoc")));
    Attributes attributes =
        Attributes.builder().attribute("reproducible").attribute("docdate", "2026-11-23").build();
    String roff =
        asciidoctor.convert(
            page,
            Options.builder().backend("manpage").standalone(true).attributes(attributes).build());
    return roff.endsWith("\n") ? roff : roff + "\n";
  }

  private static String options(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    for (OptionSpec option : spec.options()) {
      String names =
          String.join(
              ", ", List.of(option.names()).stream().map(name -> "*" + name + "*").toList());
      String label = option.arity().max() == 0 ? "" : " _" + literal(option.paramLabel()) + "_";
      text.append(names)
          .append(label)
          .append("::\n  ")
          .append(literal(String.join(" ", option.description())))
          .append("\n\n");
    }
    return text.toString();
  }

  /** Descriptions are plain text, whatever AsciiDoc makes of their characters. */
  private static String literal(String text) {
    return "pass:c[" + text.replace("%%", "%").replace("]", "\\]") + "]";
  }
}
