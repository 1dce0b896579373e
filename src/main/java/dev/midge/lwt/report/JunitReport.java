package dev.midge.lwt.report;

import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Prints drills as JUnit XML for build servers: one suite for each broker. */
public final class JunitReport {
  private static final int LEAST_OF_XML = 0x20;

  private final StringBuilder xml = new StringBuilder();

  private JunitReport() {}

  /** Returns the document. */
  public static String of(List<Examination> examinations) {
    JunitReport report = new JunitReport();
    report.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    examinations.forEach(report::suite);
    return report.xml.append("</testsuites>\n").toString();
  }

  private void suite(Examination examination) {
    Duration all = Duration.ZERO;
    long failures = 0;
    long skipped = 0;
    for (RowResult row : examination.rows()) {
      all = row.after() == null ? all : all.plus(row.after());
      failures += examination.isBroken(row) ? 1 : 0;
      skipped += isSkipped(row) ? 1 : 0;
    }
    int errors = examination.lost() == null ? 0 : 1;
    xml.append("  <testsuite name=\"midge-lwt\" tests=\"");
    xml.append(examination.rows().size() + errors);
    xml.append("\" failures=\"").append(failures);
    xml.append("\" errors=\"").append(errors).append("\" skipped=\"");
    xml.append(skipped).append("\" time=\"").append(RowText.decimal(all));
    // The schema has no zone: the time is UTC.
    String time = examination.time().truncatedTo(ChronoUnit.SECONDS).toString();
    xml.append("\" timestamp=\"").append(time, 0, time.length() - 1).append("\">\n");
    properties(examination);
    for (RowResult row : examination.rows()) {
      testCase(row, examination);
    }
    if (examination.lost() != null) {
      earlyEnd(examination.subject().name(), examination.lost());
    }
    xml.append("  </testsuite>\n");
  }

  /** Adds a case for the drill itself: build servers read cases, and skipped ones are well. */
  private void earlyEnd(String broker, String reason) {
    xml.append("    <testcase");
    attribute("classname", broker);
    xml.append(" name=\"drill\" time=\"0\">\n      <error");
    attribute("message", "The drill ended early: " + reason);
    xml.append(" type=\"ended early\"/>\n    </testcase>\n");
  }

  private void properties(Examination examination) {
    xml.append("    <properties>\n");
    property("broker", examination.subject().name());
    if (examination.result().brokerVersion() != null) {
      property("broker.version", examination.result().brokerVersion());
    }
    property("mqtt", examination.subject().mqtt());
    property("transport", examination.subject().transport());
    if (examination.engine() != null) {
      property("engine", examination.engine().word());
    }
    xml.append("    </properties>\n");
  }

  private void property(String name, String value) {
    xml.append("      <property name=\"").append(name).append('"');
    attribute("value", value);
    xml.append("/>\n");
  }

  private void testCase(RowResult row, Examination examination) {
    xml.append("    <testcase");
    attribute("classname", examination.subject().name());
    attribute("name", row.row().id());
    attribute("time", row.after() == null ? "0" : RowText.decimal(row.after()));
    if (isSkipped(row)) {
      xml.append(">\n      <skipped");
      String prefix = row.verdict() == Verdict.SKIPPED ? "" : row.verdict().word() + ": ";
      attribute("message", prefix + RowText.seen(row));
      xml.append("/>\n    </testcase>\n");
    } else if (examination.isBroken(row)) {
      xml.append(">\n      <failure");
      attribute("message", "expected: " + row.row().expected() + "; seen: " + RowText.seen(row));
      attribute("type", row.verdict().word());
      xml.append('>').append(escaped(details(row))).append("</failure>\n    </testcase>\n");
    } else if (row.verdict() != Verdict.OK) {
      xml.append(">\n");
      element("system-out", RowText.verdict(row), "      ");
      xml.append("    </testcase>\n");
    } else {
      xml.append("/>\n");
    }
  }

  private static String details(RowResult row) {
    String remark = RowText.remark(row);
    return row.row().rule()
        + " ("
        + row.row().clause()
        + ")\n"
        + RowText.verdict(row)
        + (remark == null ? "" : "\n" + remark);
  }

  private static boolean isSkipped(RowResult row) {
    return row.verdict() == Verdict.SKIPPED || row.verdict() == Verdict.NOT_EXAMINED;
  }

  private void element(String name, String text, String indent) {
    xml.append(indent).append('<').append(name).append('>').append(escaped(text));
    xml.append("</").append(name).append(">\n");
  }

  private void attribute(String name, String value) {
    xml.append(' ').append(name).append("=\"").append(escaped(RowText.shown(value))).append('"');
  }

  /** Returns text for an element or an attribute, without the characters that XML cannot hold. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints().filter(JunitReport::isInXml).forEach(c -> append(c, escaped));
    return escaped.toString();
  }

  private static void append(int c, StringBuilder escaped) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      default -> escaped.appendCodePoint(c);
    }
  }

  /** Follows XML 1.0, 2.2. */
  private static boolean isInXml(int c) {
    return c >= LEAST_OF_XML && c < Character.MIN_SURROGATE
        || c == '\n'
        || c > Character.MAX_SURROGATE && c < 0xFFFE
        || c >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
  }
}
