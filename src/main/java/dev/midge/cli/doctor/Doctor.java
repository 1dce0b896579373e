package dev.midge.cli.doctor;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.Terminal;
import dev.midge.cli.help.TextLayout;
import dev.midge.control.Facts;
import dev.midge.text.TerminalEscapes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks at this machine, and tells what it has found. */
public final class Doctor {
  private static final int SUBJECT_COLUMN = 9;
  private static final int TEXT_COLUMN = 21;

  private Doctor() {}

  /**
   * Looks and tells.
   *
   * @param terminal standard output
   * @return the exit status, which is 0 where nothing is wrong
   */
  public static int run(ProcessContext context, Terminal terminal, boolean json)
      throws InterruptedException {
    Map<Subject, Diagnosis> diagnoses = Examination.diagnoses(Examination.checks(context));
    context.print(json ? json(diagnoses) : text(diagnoses, terminal));
    return count(diagnoses, Diagnosis.State.WRONG) == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** Returns what is looked at, each with what is looked for. */
  public static Map<String, String> subjects() {
    Map<String, String> subjects = new LinkedHashMap<>();
    for (Subject subject : Subject.values()) {
      subjects.put(subject.word(), subject.description());
    }
    return subjects;
  }

  private static long count(Map<Subject, Diagnosis> diagnoses, Diagnosis.State state) {
    return diagnoses.values().stream().filter(diagnosis -> diagnosis.state() == state).count();
  }

  static String json(Map<Subject, Diagnosis> diagnoses) {
    StringBuilder lines = new StringBuilder();
    diagnoses.forEach(
        (subject, diagnosis) -> {
          Facts facts =
              new Facts()
                  .with("check", subject.word())
                  .with("state", diagnosis.state().word())
                  .with("text", diagnosis.text());
          if (diagnosis.cure() != null) {
            facts.with("cure", diagnosis.cure());
          }
          lines.append(facts.careful()).append('\n');
        });
    return lines.toString();
  }

  static String text(Map<Subject, Diagnosis> diagnoses, Terminal terminal) {
    TextLayout layout = new TextLayout(word -> painted(word, terminal));
    diagnoses.forEach(
        (subject, diagnosis) -> {
          String word = diagnosis.state().word();
          layout.line(
              TextLayout.bold(word) + " ".repeat(SUBJECT_COLUMN - word.length()) + subject.word(),
              TEXT_COLUMN,
              TerminalEscapes.escaped(diagnosis.text()));
          if (diagnosis.cure() != null) {
            layout.line("", TEXT_COLUMN, "cure: " + TerminalEscapes.escaped(diagnosis.cure()));
          }
        });
    return layout + end(diagnoses);
  }

  private static String painted(String state, Terminal terminal) {
    return terminal.paint(
        switch (state) {
          case "ok" -> Terminal.Shade.GOOD;
          case "warning" -> Terminal.Shade.CAUTION;
          default -> Terminal.Shade.BAD;
        },
        state);
  }

  private static String end(Map<Subject, Diagnosis> diagnoses) {
    long wrong = count(diagnoses, Diagnosis.State.WRONG);
    long warnings = count(diagnoses, Diagnosis.State.WARNING);
    return (wrong == 0
            ? "Nothing is wrong"
            : wrong + (wrong == 1 ? " thing is" : " things are") + " wrong")
        + (warnings == 0
            ? ".\n"
            : "; " + warnings + (warnings == 1 ? " warning.\n" : " warnings.\n"));
  }
}
