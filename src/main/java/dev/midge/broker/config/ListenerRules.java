package dev.midge.broker.config;

import dev.midge.mqtt.ProtocolVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of one listener besides its {@link Limits}, under the names of mosquitto's
 * configuration keys.
 *
 * @param maxConnections at once; -1 for no limit
 * @param versions of the protocol that are accepted
 * @param mountPoint put before every topic of its clients, and taken off what they get; "" for none
 * @param usernameAsClientId whether the user name takes the place of the client identifier
 * @param identity of a client's certificate that takes the place of the user name
 * @param origins that a browser may have; empty for any
 */
public record ListenerRules(
    int maxConnections,
    Set<ProtocolVersion> versions,
    String mountPoint,
    boolean usernameAsClientId,
    Identity identity,
    List<String> origins) {

  /** The parts of a client's certificate that may be its user name. */
  public enum Identity {
    NONE,
    /** {@code use_identity_as_username}: the common name. */
    COMMON_NAME,
    /** {@code use_subject_as_username}: the subject as RFC 2253 writes it. */
    SUBJECT
  }

  public static final ListenerRules DEFAULT =
      new ListenerRules(
          -1, EnumSet.allOf(ProtocolVersion.class), "", false, Identity.NONE, List.of());

  public ListenerRules {
    versions = Set.copyOf(versions);
    origins = List.copyOf(origins);
  }
}
