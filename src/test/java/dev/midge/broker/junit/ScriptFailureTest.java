package dev.midge.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The extension tells a test of what its scripted functions have thrown. */
class ScriptFailureTest {
  private final MidgeBroker broker = MidgeBroker.create();

  /** Has a function throw an error. */
  private void fail() throws IOException {
    broker
        .onPublish("cmd/+")
        .reply(
            message -> {
              throw new AssertionError("expected x");
            });
    try (RawClient client = RawClient.connected(broker.port(), ProtocolVersion.V5, "dev-1")) {
      Properties properties = Properties.builder().add(Property.RESPONSE_TOPIC, "reply").build();
      client.publish(new Message("cmd/1", new byte[0], Qos.AT_MOST_ONCE, false, properties));
      client.expectNothing();
    }
  }

  @Test
  void theTestFailsAndTheNextDoesNot() throws IOException {
    broker.beforeAll(FakeContext.of("class", false));
    broker.beforeEach(FakeContext.of("first", false));
    fail();
    assertThatThrownBy(() -> broker.afterEach(FakeContext.of("first", false)))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("expected x");

    broker.beforeEach(FakeContext.of("second", false));
    broker.afterEach(FakeContext.of("second", false));
    broker.afterAll(FakeContext.of("class", false));
  }

  @Test
  void aBrokerOfOneTestIsClosedAllTheSame() throws IOException {
    broker.beforeEach(FakeContext.of("only", false));
    fail();
    assertThatThrownBy(() -> broker.afterEach(FakeContext.of("only", false)))
        .hasRootCauseMessage("expected x");
    assertThatThrownBy(broker::uri).hasMessage("the broker is not running");
    assertThat(broker.failures()).isEmpty();
  }
}
