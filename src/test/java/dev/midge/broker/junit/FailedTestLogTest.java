package dev.midge.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Ping;
import dev.midge.testing.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

class FailedTestLogTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final MidgeBroker broker = MidgeBroker.create();
  private final ExtensionContext ofClass = FakeContext.of("class", false);

  @BeforeEach
  void start() {
    broker.beforeAll(ofClass);
  }

  @AfterEach
  void close() {
    broker.afterAll(ofClass);
  }

  /** Has a client ask so often that the log has two lines for each. */
  private void ping(String id, int times) throws IOException {
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, id)) {
      for (int i = 0; i < times; i++) {
        client.send(Ping.REQUEST);
        client.expect(Ping.class);
      }
    }
    broker.awaitDisconnected(id, SOON);
  }

  private String printed(ExtensionContext context) {
    return printed(() -> broker.afterEach(context));
  }

  private static String printed(Runnable end) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      end.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLinesOfTheFailedTestAlone() throws IOException {
    broker.beforeEach(FakeContext.of("first", false));
    ping("one", 1);
    assertThat(printed(FakeContext.of("first", false))).isEmpty();

    broker.beforeEach(FakeContext.of("second", true));
    ping("two", 1);

    assertThat(printed(FakeContext.of("second", true)))
        .startsWith("The broker's log of second:\n")
        .contains("Received PINGREQ from two", "Client two ")
        .doesNotContain("one");
  }

  @Test
  void theLinesOfAClassWhoseBeforeAllHasFailed() throws IOException {
    ping("one", 1);
    ExtensionContext nested = FakeContext.of("nested", true);
    broker.beforeAll(nested);
    ping("two", 1);

    assertThat(printed(() -> broker.afterAll(nested)))
        .startsWith("The broker's log of nested:\n")
        .contains("Received PINGREQ from two")
        .doesNotContain("one");
    assertThat(printed(() -> broker.afterAll(ofClass))).isEmpty();
  }

  @Test
  void alsoAfterForgetInFrontOfTheTest() throws IOException {
    ping("one", 20);
    broker.beforeEach(FakeContext.of("second", true));
    broker.forget();
    ping("two", 1);

    assertThat(printed(FakeContext.of("second", true)))
        .contains("Received PINGREQ from two", "Client two ")
        .doesNotContain("one");
  }

  @Test
  void alsoWhereTheLogIsShortenedDuringTheTest() throws IOException {
    ping("one", 980);
    broker.beforeEach(FakeContext.of("second", true));
    ping("two", 60);

    assertThat(printed(FakeContext.of("second", true)))
        .contains(" as two (", "Client two ")
        .doesNotContain("one", "no longer kept");
  }

  @Test
  void linesThatAreGoneAreCounted() throws IOException {
    broker.beforeEach(FakeContext.of("first", true));
    ping("one", 1_100);

    assertThat(printed(FakeContext.of("first", true)))
        .containsPattern("of first:\n  \\(\\d+ lines before these are no longer kept\\)\n")
        .contains("Client one ");
  }

  @Test
  void eachOfTwoAtOnceHasAllOfItsLines() throws IOException {
    broker.beforeEach(FakeContext.of("first", true));
    ping("one", 1);
    broker.beforeEach(FakeContext.of("second", true));
    ping("two", 1);

    assertThat(printed(FakeContext.of("first", true))).contains("from one", "from two");
    assertThat(printed(FakeContext.of("second", true))).contains("from two").doesNotContain("one");
  }
}
