package dev.midge.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MidgeBrokerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension static final MidgeBroker SHARED = MidgeBroker.create();

  @Test
  void aStaticOneRunsForTheWholeClass() throws IOException {
    RawClient.connected(SHARED.port(), ProtocolVersion.V5, "dev-1").close();
    SHARED.awaitDisconnected("dev-1", SOON);
  }

  @Test
  void aParameterIsTheBrokerOfTheField(MidgeBroker broker) {
    assertThat(broker).isSameAs(SHARED);
  }

  @Test
  @MidgeBroker.Config(users = "dev-1:secret", drivenTime = true)
  void aConfiguredOneIsAnother(MidgeBroker broker) {
    assertThat(broker).isNotSameAs(SHARED);
    assertThat(broker.port()).isNotEqualTo(SHARED.port());
    broker.advance(Duration.ofDays(1));
  }

  @Nested
  @MidgeBroker.Config(tls = true)
  class OfAClass {
    private static int port;

    @Test
    void itIsTheSameInEachTest(MidgeBroker broker) {
      check(broker);
    }

    @Test
    void andInThisOne(MidgeBroker broker) {
      check(broker);
    }

    private static void check(MidgeBroker broker) {
      assertThat(broker.uri().getScheme()).isEqualTo("mqtts");
      assertThat(port).isIn(0, broker.port());
      port = broker.port();
    }
  }

  @Nested
  class OfAnInstance {
    private static MidgeBroker last;

    @RegisterExtension final MidgeBroker own = MidgeBroker.create();

    @Test
    void eachTestHasItsOwn() {
      check();
    }

    @Test
    void soHasThisOne() {
      check();
    }

    private void check() {
      assertThat(own).isNotSameAs(last);
      assertThat(own.port()).isPositive();
      last = own;
    }
  }
}
