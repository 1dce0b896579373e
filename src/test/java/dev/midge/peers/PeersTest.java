package dev.midge.peers;

import dev.midge.testing.Slow;
import org.junit.jupiter.api.AfterEach;

/** Client libraries that we did not write, against our broker. */
@Slow("four client libraries, with expiries and delays of whole seconds")
class PeersTest
    implements ConnectScenarios,
        PublishScenarios,
        SubscriptionScenarios,
        SessionScenarios,
        ReconnectScenarios,
        WillScenarios {
  private final Stand stand = new Stand(Server::midge);

  @Override
  public Stand stand() {
    return stand;
  }

  @AfterEach
  void stop() throws Exception {
    stand.close();
  }
}
