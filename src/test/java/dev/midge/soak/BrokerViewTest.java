package dev.midge.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import org.junit.jupiter.api.Test;

/** The fields that the soak test looks at have the names that it knows. */
class BrokerViewTest {
  @Test
  void anIdleBrokerIsEmpty() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      BrokerView view = new BrokerView(broker);
      assertThat(view.isEmpty()).as(view.toString()).isTrue();
    }
  }
}
