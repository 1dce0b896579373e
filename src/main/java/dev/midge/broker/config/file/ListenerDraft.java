package dev.midge.broker.config.file;

import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.SocketFamily;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one listener, as far as they were read; null where none is. */
final class ListenerDraft extends Section {
  final SecurityDraft security = new SecurityDraft();
  final TlsDraft tls = new TlsDraft();
  final List<String> origins = new ArrayList<>();
  int port;
  @Nullable String address;
  @Nullable Path path;
  SocketFamily family = SocketFamily.BOTH;
  ListenerSpec.Protocol protocol = ListenerSpec.Protocol.MQTT;
  int maxConnections = -1;
  Set<ProtocolVersion> versions = EnumSet.allOf(ProtocolVersion.class);
  String mountPoint = "";
  boolean usernameAsClientId;
  boolean identityAsUsername;
  boolean subjectAsUsername;
  @Nullable Boolean allowAnonymous;
  @Nullable String autoIdPrefix;
  Qos maxQos = Qos.EXACTLY_ONCE;
  int maxTopicAlias = 10;
  int maxTopicAliasBroker = 10;

  ListenerDraft(int port) {
    this.port = port;
  }

  ListenerRules rules() {
    return new ListenerRules(
        maxConnections,
        versions,
        mountPoint,
        usernameAsClientId,
        identityAsUsername // mosquitto looks at it first
            ? ListenerRules.Identity.COMMON_NAME
            : subjectAsUsername ? ListenerRules.Identity.SUBJECT : ListenerRules.Identity.NONE,
        origins);
  }

  /** Returns its port or path as a line for the user names it. */
  String place() {
    return path == null ? "port " + port : path.toString();
  }
}
