package dev.midge.broker.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.BrokerConfig;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.config.LogSettings;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.config.SocketFamily;
import dev.midge.broker.config.TlsFiles;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values that come of each key. */
class KeyEffectsTest {
  @TempDir Path folder;

  private BrokerFile read(String... lines) throws Exception {
    return Written.lines(folder, lines).read();
  }

  private ListenerSpec listener(String... lines) throws Exception {
    BrokerFile file = read("listener 1883\n" + String.join("\n", lines));
    assertThat(file.listeners()).hasSize(1);
    return file.listeners().get(0);
  }

  private Limits limits(String... lines) throws Exception {
    return read(lines).limits();
  }

  private BrokerSettings settings(String... lines) throws Exception {
    return read(lines).settings();
  }

  private LogSettings log(String... lines) throws Exception {
    return read(lines).log();
  }

  @Test
  void aFileWithoutListenersLeavesThePortsToTheCommandLine() throws Exception {
    BrokerFile file = read("max_keepalive 7", "auto_id_prefix x", "log_type debug");
    BrokerConfig config = file.toConfig(List.of(1883, 1884), event -> {}, false);

    assertThat(file.isLocalOnly()).isTrue();
    assertThat(file.security().allowAnonymous()).isTrue();
    assertThat(config.ports()).containsExactly(1883, 1884);
    assertThat(config.listeners()).isEmpty();
    assertThat(config.portSecurity()).isEqualTo(file.security());
    assertThat(config.limits().maxKeepAlive()).isEqualTo(7);
    assertThat(config.limits().autoIdPrefix()).isEqualTo("x");
    assertThat(config.verbose()).isTrue();
    assertThat(config.file()).isEqualTo(folder.resolve("midge.conf"));
    assertThat(read("allow_anonymous false").security().allowAnonymous()).isFalse();
  }

  @Test
  void aFileWithAListenerTakesThePortsOfTheCommandLineAway() throws Exception {
    for (String line : List.of("listener 1885", "port 1885", "bind_address 127.0.0.1")) {
      BrokerFile file = read(line);

      assertThat(file.isLocalOnly()).isFalse();
      assertThat(file.toConfig(List.of(1), event -> {}, false).ports()).isEmpty();
      assertThat(file.listeners().get(0).security().allowAnonymous()).isFalse();
    }
  }

  @Test
  void theCommandLineMayWantAllLinesOfTheLog() throws Exception {
    assertThat(read().toConfig(List.of(1), event -> {}, true).verbose()).isTrue();
    assertThat(read().toConfig(List.of(1), event -> {}, false).verbose()).isFalse();
  }

  @Test
  void aListenerIsOnAllAddressesOrOnOneOrOnASocketOfTheFileSystem() throws Exception {
    List<ListenerSpec> all =
        read("listener 1883", "listener 1884 ::1", "listener 0 /run/a.sock").listeners();

    assertThat(all).extracting(ListenerSpec::port).containsExactly(1883, 1884, 0);
    assertThat(all)
        .extracting(ListenerSpec::address)
        .containsExactly(ListenerSpec.ALL_ADDRESSES, "::1", null);
    assertThat(all)
        .extracting(ListenerSpec::path)
        .containsExactly(null, null, Path.of("/run/a.sock"));
    assertThat(all).extracting(ListenerSpec::tls).containsOnlyNulls();
    assertThat(all).extracting(ListenerSpec::rules).containsOnly(ListenerRules.DEFAULT);
    assertThat(all).extracting(ListenerSpec::limits).containsOnly(Limits.DEFAULT);
    assertThat(all).extracting(ListenerSpec::family).containsOnly(SocketFamily.BOTH);
  }

  @Test
  void theOldFormIsOneListenerAndIsWarnedOf() throws Exception {
    BrokerFile file = read("port 1885", "max_connections 3", "bind_address 127.0.0.1");

    assertThat(file.listeners()).hasSize(1);
    assertThat(file.listeners().get(0).port()).isEqualTo(1885);
    assertThat(file.listeners().get(0).address()).isEqualTo("127.0.0.1");
    assertThat(file.listeners().get(0).rules().maxConnections()).isEqualTo(3);
    assertThat(file.warnings())
        .containsExactly(
            "Warning: The 'port' option is deprecated. Please use 'listener' instead.",
            "Warning: The 'bind_address' option is deprecated. Please use 'listener' instead.");
  }

  @Test
  void theOldFormLeavesTheKeysBelowAListenerToThat() throws Exception {
    List<ListenerSpec> both =
        read("listener 1883", "port 1885", "port 1886", "max_connections 3").listeners();

    assertThat(both).extracting(ListenerSpec::port).containsExactly(1883, 1886);
    assertThat(both).extracting(each -> each.rules().maxConnections()).containsExactly(3, -1);
    assertThat(read("port 1", "port 2").warnings())
        .contains(
            "Warning: Default listener port specified multiple times. Only the latest will be"
                + " used.");
  }

  @Test
  void keysOfAListenerBelongToTheLastAbove() throws Exception {
    List<ListenerSpec> both =
        read(
                "listener 1",
                "max_qos 1",
                "listener 2",
                "maximum_qos 0",
                "max_topic_alias 0",
                "max_topic_alias_broker 65535")
            .listeners();

    assertThat(both)
        .extracting(each -> each.limits().maxQos())
        .containsExactly(Qos.AT_LEAST_ONCE, Qos.AT_MOST_ONCE);
    assertThat(both).extracting(each -> each.limits().maxTopicAlias()).containsExactly(10, 0);
    assertThat(both)
        .extracting(each -> each.limits().maxTopicAliasBroker())
        .containsExactly(10, 65535);
  }

  @Test
  void aListenerHasItsProtocolFamilyAndRules() throws Exception {
    assertThat(listener("protocol websockets").protocol())
        .isEqualTo(ListenerSpec.Protocol.WEBSOCKETS);
    assertThat(listener("protocol mqtt").protocol()).isEqualTo(ListenerSpec.Protocol.MQTT);
    assertThat(listener("socket_domain ipv4").family()).isEqualTo(SocketFamily.IPV4);
    assertThat(listener("socket_domain ipv6").family()).isEqualTo(SocketFamily.IPV6);
    assertThat(listener("max_connections -7").rules().maxConnections()).isEqualTo(-1);
    assertThat(listener("mount_point a/").rules().mountPoint()).isEqualTo("a/");
    assertThat(listener("use_username_as_clientid true").rules().usernameAsClientId()).isTrue();
    assertThat(listener("websockets_origin http://a", "websockets_origin b").rules().origins())
        .containsExactly("http://a", "b");
  }

  @Test
  void aListenerAcceptsSomeVersions() throws Exception {
    for (String versions : List.of("4,5", "4 5", "5, 4", "4 ,5")) {
      assertThat(listener("accept_protocol_versions " + versions).rules().versions())
          .isEqualTo(EnumSet.of(ProtocolVersion.V3_1_1, ProtocolVersion.V5));
    }
    assertThat(listener("accept_protocol_versions 3").rules().versions())
        .isEqualTo(EnumSet.of(ProtocolVersion.V3_1));
  }

  @Test
  void theCommonNameGoesBeforeTheSubject() throws Exception {
    assertThat(listener("use_subject_as_username true").rules().identity())
        .isEqualTo(ListenerRules.Identity.SUBJECT);
    assertThat(listener("use_identity_as_username true").rules().identity())
        .isEqualTo(ListenerRules.Identity.COMMON_NAME);
    assertThat(
            listener("use_subject_as_username true", "use_identity_as_username true")
                .rules()
                .identity())
        .isEqualTo(ListenerRules.Identity.COMMON_NAME);
  }

  @Test
  void aListenerHasTls() throws Exception {
    TlsFiles all =
        listener(
                "certfile c.pem",
                "keyfile k.pem",
                "cafile ca.pem",
                "capath cas",
                "crlfile crl.pem",
                "require_certificate true",
                "tls_version tlsv1.3",
                "ciphers A:B",
                "ciphers_tls1.3 C",
                "disable_client_cert_date_checks true")
            .tls();

    assertThat(all)
        .isEqualTo(
            TlsFiles.builder(Path.of("c.pem"), Path.of("k.pem"))
                .cafile(Path.of("ca.pem"))
                .capath(Path.of("cas"))
                .crlfile(Path.of("crl.pem"))
                .requireCertificate(true)
                .minimumVersion("tlsv1.3")
                .ciphers("A:B")
                .ciphersTls13("C")
                .skipDateChecks(true)
                .build());
    assertThat(listener("certfile c.pem", "keyfile k.pem").tls())
        .isEqualTo(new TlsFiles(Path.of("c.pem"), Path.of("k.pem")));
    assertThat(listener("certfile c", "keyfile k", "require_certificate true", "capath cas").tls())
        .isNotNull();
  }

  @Test
  void halfATlsIsWarnedOf() throws Exception {
    for (String half : List.of("certfile c", "keyfile k", "cafile c", "require_certificate true")) {
      BrokerFile file = read("listener 8883", half);

      assertThat(file.listeners().get(0).tls()).isNull();
      assertThat(file.warnings())
          .containsExactly(
              "Warning: The listener on port 8883 has no TLS: that needs both 'certfile' and"
                  + " 'keyfile'.");
    }
  }

  @Test
  void limitsAreTheBrokers() throws Exception {
    assertThat(limits()).isEqualTo(Limits.DEFAULT);
    assertThat(limits("max_inflight_messages 5").maxInflightMessages()).isEqualTo(5);
    for (String none : List.of("0", "65535", "-3")) {
      assertThat(limits("max_inflight_messages " + none).maxInflightMessages()).isZero();
    }
    assertThat(limits("max_inflight_bytes 5000000000").maxInflightBytes())
        .isEqualTo(5_000_000_000L);
    assertThat(limits("max_queued_messages 5").maxQueuedMessages()).isEqualTo(5);
    assertThat(limits("max_queued_messages -5").maxQueuedMessages()).isZero();
    assertThat(limits("max_queued_messages 99999999999").maxQueuedMessages())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(limits("max_queued_bytes 5").maxQueuedBytes()).isEqualTo(5);
    assertThat(limits("max_queued_bytes -5").maxQueuedBytes()).isZero();
    assertThat(limits("queue_qos0_messages true").queueQos0Messages()).isTrue();
    assertThat(limits("max_packet_size 20").maxPacketSize()).isEqualTo(20);
    assertThat(limits("max_packet_size 9999999999").maxPacketSize()).isEqualTo(Integer.MAX_VALUE);
    assertThat(limits("message_size_limit 268435455").messageSizeLimit()).isEqualTo(268435455);
    assertThat(limits("max_keepalive 65535").maxKeepAlive()).isEqualTo(65535);
    assertThat(limits("retain_available false").retainAvailable()).isFalse();
    assertThat(limits("upgrade_outgoing_qos 1").upgradeOutgoingQos()).isTrue();
    assertThat(limits("allow_duplicate_messages 0").allowDuplicateMessages()).isFalse();
  }

  @Test
  void sessionsAreKeptForATime() throws Exception {
    assertThat(expiration("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(expiration("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(expiration("3d")).isEqualTo(Duration.ofDays(3));
    assertThat(expiration("4w")).isEqualTo(Duration.ofDays(28));
    assertThat(expiration("5m")).isEqualTo(Duration.ofDays(150));
    assertThat(expiration("2y")).isEqualTo(Duration.ofDays(730));
    for (String age : List.of("1000y", "99999999999999999999y", "9223372036854775807s")) {
      assertThat(expiration(age)).isEqualTo(Duration.ofDays(36500));
      assertThat(expiration(age).toNanos()).isPositive(); // what the sessions count with
    }
  }

  private Duration expiration(String word) throws Exception {
    return limits("persistent_client_expiration " + word).persistentClientExpiration();
  }

  @Test
  void aListenerHasTheLimitsOfTheBrokerWithItsOwnInTheirPlace() throws Exception {
    List<ListenerSpec> both =
        read(
                "listener 1",
                "max_qos 0",
                "listener_auto_id_prefix own-",
                "listener 2",
                "auto_id_prefix all-",
                "allow_zero_length_clientid false",
                "max_keepalive 9")
            .listeners();

    assertThat(both).extracting(each -> each.limits().maxKeepAlive()).containsOnly(9);
    assertThat(both)
        .extracting(each -> each.limits().autoIdPrefix())
        .containsExactly("own-", "all-");
    assertThat(both)
        .extracting(each -> each.limits().allowZeroLengthClientId())
        .containsOnly(false);
  }

  @Test
  void settingsAreTheBrokers() throws Exception {
    assertThat(settings()).isEqualTo(BrokerSettings.DEFAULT.withSysInterval(10));
    assertThat(settings("sys_interval 0").sysInterval()).isZero();
    assertThat(settings("global_max_connections 5").globalMaxConnections()).isEqualTo(5);
    assertThat(settings("global_max_clients 6").globalMaxClients()).isEqualTo(6);
    assertThat(settings("check_retain_source false").checkRetainSource()).isFalse();
    assertThat(settings("retain_expiry_interval 7").retainExpiryInterval()).isEqualTo(7);
    assertThat(settings("set_tcp_nodelay true")).isEqualTo(settings());
  }

  @Test
  void stateIsKeptInAFile() throws Exception {
    assertThat(settings("persistence false", "persistence_file x").persistence()).isNull();
    assertThat(settings("persistence true").persistence())
        .isEqualTo(new PersistenceSpec(Path.of("mosquitto.db"), 1800, false));
    assertThat(
            settings(
                    "persistence true",
                    "persistence_location /var/lib/my mqtt/",
                    "persistence_file my.db",
                    "autosave_interval 1",
                    "autosave_on_changes true")
                .persistence())
        .isEqualTo(new PersistenceSpec(Path.of("/var/lib/my mqtt/my.db"), 1, true));
    assertThat(settings("persistence true", "autosave_interval -1").persistence())
        .isEqualTo(new PersistenceSpec(Path.of("mosquitto.db"), 0, false));
  }

  @Test
  void theLogGoesWhereItIsWanted() throws Exception {
    assertThat(log()).isEqualTo(LogSettings.DEFAULT);
    assertThat(log("log_dest stdout").stdout()).isTrue();
    assertThat(log("log_dest stdout").stderr()).isFalse();
    assertThat(log("log_dest stdout", "log_dest stderr").stderr()).isTrue();
    assertThat(log("log_dest file /var/log/my broker.log").file())
        .isEqualTo(Path.of("/var/log/my broker.log"));
    assertThat(log("log_dest stdout", "log_dest none").stdout()).isFalse();
    assertThat(log("log_dest none").stderr()).isFalse();
  }

  @Test
  void theLogHasTheTypesAndTheFormThatAreWanted() throws Exception {
    assertThat(log("log_type debug", "log_type subscribe # too").types())
        .containsExactlyInAnyOrder(LogSettings.Type.DEBUG, LogSettings.Type.SUBSCRIBE);
    assertThat(log("log_type all").types()).hasSize(LogSettings.Type.values().length);
    assertThat(log("log_type none").types()).isEmpty();
    assertThat(log("log_type error", "log_type none", "log_type notice").types())
        .containsExactly(LogSettings.Type.NOTICE);
    for (LogSettings.Type type : LogSettings.Type.values()) {
      assertThat(log("log_type " + type.name().toLowerCase(java.util.Locale.ROOT)).types())
          .containsExactly(type);
    }
    assertThat(log("log_timestamp false").timestamp()).isFalse();
    assertThat(log("log_timestamp_format %Y-%m-%d %H:%M").timestampFormat())
        .isEqualTo("%Y-%m-%d %H:%M");
    assertThat(log("connection_messages false").connectionMessages()).isFalse();
  }

  @Test
  void theProcessIdentifierGoesToAFile() throws Exception {
    assertThat(read("pid_file a.pid").pidFile()).isEqualTo(Path.of("a.pid"));
    assertThat(read().pidFile()).isNull();
  }

  @Test
  void keysWithoutEffectAreWarnedOfOnceEach() throws Exception {
    BrokerFile file =
        read(
            "listener 1883",
            "user nobody",
            "memory_limit 5",
            "memory_limit 6",
            "bind_interface eth0",
            "websockets_headers_size 0",
            "packet_buffer_size 65535",
            "websockets_log_level -5",
            "retry_interval 20",
            "enable_control_api true",
            "log_facility 5",
            "dhparamfile dh.pem");

    assertThat(file.warnings())
        .extracting(line -> line.replaceFirst("^Warning: The '(.*)' option is not used: .*$", "$1"))
        .containsExactly(
            "user",
            "memory_limit",
            "bind_interface",
            "websockets_headers_size",
            "packet_buffer_size",
            "websockets_log_level",
            "retry_interval",
            "enable_control_api",
            "log_facility",
            "dhparamfile");
    assertThat(file.listeners()).containsExactly(read("listener 1883").listeners().get(0));
  }
}
