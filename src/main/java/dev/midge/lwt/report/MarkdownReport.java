package dev.midge.lwt.report;

import dev.midge.lwt.peer.TracedPacket;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints for each row that is not ok a text that can be sent to the broker's developers as it is:
 * what was done, expected and seen.
 */
public final class MarkdownReport {
  private final Examination examination;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(Examination examination) {
    this.examination = examination;
  }

  /** Returns the report on one broker after the other. */
  public static String of(List<Examination> examinations) {
    return examinations.stream()
        .map(examination -> new MarkdownReport(examination).print())
        .collect(Collectors.joining("\n"));
  }

  private String print() {
    line("# Last Will drill: " + code(examination.subject().name()));
    line("");
    facts();
    line("- Result: " + RowText.counts(examination.rows()));
    line("");
    if (examination.lost() != null) {
      line("The drill ended early: " + code(examination.lost()) + ".");
      line("");
    }
    List<RowResult> deviations = examination.rows().stream().filter(this::isTold).toList();
    for (RowResult row : deviations) {
      section(row);
    }
    if (deviations.isEmpty()) {
      line(conclusion());
      line("");
    }
    aside("Skipped", Verdict.SKIPPED);
    aside("Not examined, which says nothing about the broker", Verdict.NOT_EXAMINED);
    for (String left : examination.result().leftBehind()) {
      line("- Could not be removed from the broker: " + code(left));
    }
    return text.toString().stripTrailing() + "\n";
  }

  private String conclusion() {
    boolean all =
        examination.rows().stream().noneMatch(row -> row.verdict() == Verdict.NOT_EXAMINED);
    return all
        ? "The broker kept its word in every row that was played."
        : "No row that was examined went wrong.";
  }

  /** Returns whether a row has a section: all that are not ok, if there is anything to show. */
  private boolean isTold(RowResult row) {
    return switch (row.verdict()) {
      case OK, SKIPPED -> false;
      case EARLY, LATE, FAILED -> true;
      case NOT_EXAMINED -> !row.trace().isEmpty();
    };
  }

  private void aside(String head, Verdict verdict) {
    List<RowResult> rows =
        examination.rows().stream()
            .filter(row -> row.verdict() == verdict && !isTold(row))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    line(head + ":");
    line("");
    for (RowResult row : rows) {
      line("- " + code(row.row().id()) + ": " + code(RowText.seen(row)));
    }
    line("");
  }

  /** Prints the facts about the broker, in each section again, since sections are sent alone. */
  private void facts() {
    Subject subject = examination.subject();
    String version = examination.result().brokerVersion();
    line("- Broker: " + (version == null ? "it tells no version" : code(version)));
    line("- Protocol: MQTT " + subject.mqtt() + " over " + subject.transport());
    if (subject.version().isV5()) {
      line("- Its CONNACK says: " + connack(examination.result().connack()));
    }
    line(
        "- Examined by "
            + examination.tool()
            + " at "
            + examination.time().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String connack(Properties properties) {
    List<String> parts = new ArrayList<>();
    for (Properties.Entry entry :
        properties == null ? Properties.NONE.entries() : properties.entries()) {
      if (entry.property() != Property.AUTHENTICATION_DATA) {
        parts.add(code(entry.toString()));
      }
    }
    return parts.isEmpty() ? "no properties" : String.join(", ", parts);
  }

  private void section(RowResult row) {
    line("## " + row.row().id() + ": " + RowText.verdict(row));
    line("");
    facts();
    line("");
    line("Rule (MQTT 5.0: " + row.row().clause() + "): " + row.row().rule());
    line("");
    line("- The client: " + row.row().ending() + player(row));
    line("- Expected: " + row.row().expected() + bound(row));
    line("- Seen: " + seen(row));
    String remark = RowText.remark(row);
    if (remark != null) {
      line("- Note: " + code(remark));
    }
    line("- " + meaning(row));
    line("- Control: " + control(row));
    line("");
    line("To repeat it:");
    fenced(
        "sh",
        List.of(RowText.shown(examination.subject().command()) + " --only " + row.row().id()));
    if (!row.trace().isEmpty()) {
      line("The packets, with seconds since the row began (`->` to the broker, `<-` from it):");
      fenced("text", row.trace().stream().map(this::packet).toList());
    }
  }

  private String player(RowResult row) {
    String word = examination.player(row.row());
    return word.equals(Examination.DRILL) ? "" : " (it speaks through the engine " + word + ")";
  }

  private static String bound(RowResult row) {
    return row.bound() == null ? "" : " (time: " + RowText.time(row.bound()) + ")";
  }

  private String seen(RowResult row) {
    String after =
        row.after() == null ? "" : ", after " + RowText.after(row, examination.isRepeated());
    return code(RowText.seen(row)) + after;
  }

  private static String meaning(RowResult row) {
    return switch (row.verdict()) {
      case LATE -> "The will was published, after the time that the rule gives.";
      case EARLY ->
          "The will was published before one and a half times the keep alive had passed. A server"
              + " may close a connection at any time (3.1.2.10), so this alone is no violation.";
      case NOT_EXAMINED -> "The row could not be judged: this says nothing about the broker.";
      default -> "What was seen is not what the rule wants.";
    };
  }

  private static String control(RowResult row) {
    if (row.control() == null) {
      return "none was played.";
    }
    return switch (row.control()) {
      case OK ->
          "a will of the same kind, brought about by a TCP reset right after, reached the same"
              + " watcher.";
      case FAILED ->
          "a will of the same kind, brought about by a TCP reset right after, did not reach the"
              + " same watcher.";
    };
  }

  private String packet(TracedPacket packet) {
    String arrow =
        switch (packet.direction()) {
          case SENT -> "->";
          case RECEIVED -> "<-";
          case EVENT -> "--";
        };
    return String.format(
        Locale.ROOT,
        "%8s  %-10s %s %s",
        RowText.decimal(packet.time()),
        RowText.shown(packet.client()),
        arrow,
        RowText.shown(packet.text()));
  }

  /** Prints lines between fences that are longer than any run of backticks in them. */
  private void fenced(String language, List<String> lines) {
    String fence = "`".repeat(Math.max(3, longestRun(String.join("\n", lines)) + 1));
    line("");
    line(fence + language);
    lines.forEach(this::line);
    line(fence);
    line("");
  }

  /** Returns text in which Markdown finds no marks. */
  private static String code(String text) {
    String shown = RowText.shown(text);
    String fence = "`".repeat(longestRun(shown) + 1);
    boolean apart = shown.isEmpty() || shown.startsWith("`") || shown.endsWith("`");
    return apart ? fence + " " + shown + " " + fence : fence + shown + fence;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
