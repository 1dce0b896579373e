package dev.midge.peers;

import org.junit.jupiter.api.AfterEach;

/** Client libraries that we did not write, against our broker. */
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
