package dev.midge.peers;

import org.junit.jupiter.api.AfterEach;

/**
 * The same scenarios with Debian's mosquitto as the broker: what fails here is wrong with the
 * scenario, or with the library.
 */
class PeersWithMosquittoIT
    implements ConnectScenarios,
        PublishScenarios,
        SubscriptionScenarios,
        SessionScenarios,
        ReconnectScenarios,
        WillScenarios {
  private final Stand stand = new Stand(Server::mosquitto);

  @Override
  public Stand stand() {
    return stand;
  }

  @AfterEach
  void stop() throws Exception {
    stand.close();
  }
}
