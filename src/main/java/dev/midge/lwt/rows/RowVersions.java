package dev.midge.lwt.rows;

import dev.midge.mqtt.ProtocolVersion;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The versions of MQTT that have a rule. */
final class RowVersions {
  static final Set<ProtocolVersion> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(ProtocolVersion.class));
  static final Set<ProtocolVersion> V5 =
      Collections.unmodifiableSet(EnumSet.of(ProtocolVersion.V5));

  private RowVersions() {}
}
