package dev.midge.broker.config;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a whole broker besides its {@link Limits}, under the names of mosquitto's
 * configuration keys.
 *
 * @param sysInterval seconds between two publications of what has changed under {@code $SYS}; 0 for
 *     no such topics
 * @param globalMaxConnections at once, at all listeners; -1 for no limit
 * @param globalMaxClients sessions, connected or kept; -1 for no limit
 * @param checkRetainSource whether a retained message is only delivered while its publisher may
 *     write its topic
 * @param retainExpiryInterval minutes between two searches for expired retained messages; 0 for the
 *     broker's own choice
 * @param persistence null if nothing is kept over a restart
 */
public record BrokerSettings(
    int sysInterval,
    int globalMaxConnections,
    int globalMaxClients,
    boolean checkRetainSource,
    int retainExpiryInterval,
    @Nullable PersistenceSpec persistence) {

  /** No limits, nothing kept, and no topics under {@code $SYS}. */
  public static final BrokerSettings DEFAULT = new BrokerSettings(0, -1, -1, true, 0, null);

  /** The defaults of {@code midge broker}: topics under {@code $SYS} every ten seconds. */
  public static final BrokerSettings WITH_SYS = DEFAULT.withSysInterval(10);

  /** Returns a copy with topics under {@code $SYS}. */
  public BrokerSettings withSysInterval(int seconds) {
    return new BrokerSettings(
        seconds,
        globalMaxConnections,
        globalMaxClients,
        checkRetainSource,
        retainExpiryInterval,
        persistence);
  }

  /** Returns a copy that keeps its state over a restart. */
  public BrokerSettings withPersistence(PersistenceSpec spec) {
    return new BrokerSettings(
        sysInterval,
        globalMaxConnections,
        globalMaxClients,
        checkRetainSource,
        retainExpiryInterval,
        spec);
  }
}
