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
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The extension tells a test of what its scripted functions have thrown. */
class ScriptFailureTest {
  private final MidgeBroker broker = MidgeBroker.create();

  private static ExtensionContext context(String name) {
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUniqueId", "getDisplayName" -> name;
                  case "getExecutionException" -> Optional.empty();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

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
    broker.beforeAll(context("class"));
    broker.beforeEach(context("first"));
    fail();
    assertThatThrownBy(() -> broker.afterEach(context("first")))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("expected x");

    broker.beforeEach(context("second"));
    broker.afterEach(context("second"));
    broker.afterAll(context("class"));
  }

  @Test
  void aBrokerOfOneTestIsClosedAllTheSame() throws IOException {
    broker.beforeEach(context("only"));
    fail();
    assertThatThrownBy(() -> broker.afterEach(context("only"))).hasRootCauseMessage("expected x");
    assertThatThrownBy(broker::uri).hasMessage("the broker is not running");
    assertThat(broker.failures()).isEmpty();
  }
}
