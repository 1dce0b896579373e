package dev.midge.lwt.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ConnectionFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The XML for build servers. */
class JunitReportTest {
  private static final Examination MIXED =
      SampleResults.examination(SampleResults.YOURS, SampleResults.ofEachVerdict());

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aSuiteForTheBrokerAndACaseForEachRow() {
    assertThat(JunitReport.of(List.of(MIXED)))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="midge-lwt" tests="7" failures="1" errors="0" skipped="2" time="5.414" timestamp="2026-11-28T17:21:40">
                <properties>
                  <property name="broker" value="broker.example:8883"/>
                  <property name="broker.version" value="mosquitto version 2.0.11"/>
                  <property name="mqtt" value="5"/>
                  <property name="transport" value="TLS"/>
                </properties>
                <testcase classname="broker.example:8883" name="clean" time="0"/>
                <testcase classname="broker.example:8883" name="reset" time="0.004"/>
                <testcase classname="broker.example:8883" name="freeze" time="4.310">
                  <system-out>late by 1.31 s</system-out>
                </testcase>
                <testcase classname="broker.example:8883" name="freeze-half-packet" time="1.100">
                  <system-out>early</system-out>
                </testcase>
                <testcase classname="broker.example:8883" name="delay-expiry-0" time="0">
                  <failure message="expected: will at once; seen: no will within 5 s of the end of the connection" type="failed">A will with a delay is published when the delay has passed or the session ends, whichever is first. (3.1.3-9)
            failed</failure>
                </testcase>
                <testcase classname="broker.example:8883" name="tls-cut" time="0">
                  <skipped message="not over TLS"/>
                </testcase>
                <testcase classname="broker.example:8883" name="to-group" time="0">
                  <skipped message="not examined: the control failed"/>
                </testcase>
              </testsuite>
            </testsuites>
            """);
  }

  @Test
  void strictCountsLateAndEarlyAsFailures() throws Exception {
    Document document = parsed(JunitReport.of(List.of(SampleResults.strict(MIXED))));

    Element suite = (Element) document.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("failures")).isEqualTo("3");
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(3);
  }

  @Test
  void severalBrokersAreSeveralSuites() throws Exception {
    Examination mini =
        SampleResults.examination(SampleResults.MINI, List.of(SampleResults.ok("reset", 1)));

    Document document = parsed(JunitReport.of(List.of(MIXED, mini)));
    assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
  }

  /** Build servers read cases, and take skipped ones for well. */
  @Test
  void anEarlyEndIsAnError() {
    ConnectionFailure lost = new ConnectionFailure(ConnectionFailure.Kind.LOST, "Connection reset");

    assertThat(
            JunitReport.of(
                List.of(
                    SampleResults.examination(SampleResults.YOURS, List.of(), lost, List.of()))))
        .contains(
            "tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\"",
            """
                <testcase classname="broker.example:8883" name="drill" time="0">
                  <error message="The drill ended early: connection lost: Connection reset" type="ended early"/>
                </testcase>
            """);
  }

  /** The exception of an unknown name may hold the name alone, that of TLS a broken pipe. */
  @ParameterizedTest
  @CsvSource({
    "LOOKUP, broker.invalid, the name is not known",
    "TLS, Broken pipe, TLS: Broken pipe",
    "UNREACHABLE, Connection refused, Connection refused"
  })
  void anEarlyEndIsToldInWords(ConnectionFailure.Kind kind, String message, String words) {
    ConnectionFailure failure = new ConnectionFailure(kind, message);

    assertThat(
            JunitReport.of(
                List.of(
                    SampleResults.examination(SampleResults.YOURS, List.of(), failure, List.of()))))
        .contains("<error message=\"The drill ended early: " + words + "\"");
  }

  @Test
  void whatABrokerSaysIsText() throws Exception {
    Document document = parsed(JunitReport.of(List.of(SampleResults.hostile())));

    Element failure = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message"))
        .startsWith(
            "expected: will; seen: \\x1b[2J\\x07\\u009b\\u202etxt\\u2028\\n\\t <b>&\"'`` # |")
        .doesNotContain("\ufffe", "\ud800");
    assertThat(document.getElementsByTagName("b").getLength()).isZero();
  }
}
