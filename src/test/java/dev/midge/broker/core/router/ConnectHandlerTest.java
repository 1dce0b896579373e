package dev.midge.broker.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.router.Rig.ConnectOptions;
import dev.midge.broker.core.router.Rig.TestClient;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import org.junit.jupiter.api.Test;

class ConnectHandlerTest {
  private final Rig rig = new Rig();

  @Test
  void connackTellsTheLimitsInMosquittosOrder() {
    Properties properties =
        Properties.builder()
            .add(Property.TOPIC_ALIAS_MAXIMUM, 10)
            .add(Property.MAXIMUM_PACKET_SIZE, 2_000_000)
            .add(Property.RECEIVE_MAXIMUM, 20)
            .build();
    assertThat(rig.connect("c").connack).isEqualTo(new Connack(false, 0, properties));
  }

  @Test
  void everyLimitHasItsPropertyAndItsPlace() {
    Limits limits =
        Limits.builder()
            .maxKeepAlive(5)
            .retainAvailable(false)
            .maxQos(Qos.AT_LEAST_ONCE)
            .maxPacketSize(1000)
            .autoIdPrefix("x-")
            .build();
    assertThat(new Rig(limits).connect("").connack.properties().entries())
        .extracting(Properties.Entry::property)
        .containsExactly(
            Property.SERVER_KEEP_ALIVE,
            Property.TOPIC_ALIAS_MAXIMUM,
            Property.ASSIGNED_CLIENT_IDENTIFIER,
            Property.RETAIN_AVAILABLE,
            Property.MAXIMUM_PACKET_SIZE,
            Property.RECEIVE_MAXIMUM,
            Property.MAXIMUM_QOS);
  }

  @Test
  void limitsThatAreOffAreNotMentioned() {
    Limits limits = Limits.builder().maxInflightMessages(0).maxTopicAlias(0).build();
    assertThat(new Rig(limits).connect("c").connack.properties())
        .isEqualTo(Properties.of(Property.MAXIMUM_PACKET_SIZE, 2_000_000));
  }

  @Test
  void mqtt3GetsNoProperties() {
    assertThat(rig.connect(ConnectOptions.of("c").version(ProtocolVersion.V3_1_1)).connack)
        .isEqualTo(new Connack(false, 0, Properties.NONE));
  }

  @Test
  void aClientWithoutIdentifierGetsOne() {
    String one = rig.connect("").connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    String other = rig.connect("").connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    assertThat(one).matches("auto-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").isNotEqualTo(other);
  }

  @Test
  void anEmptyIdentifierIsRefusedWhereItMustBe() {
    ConnectOptions empty = ConnectOptions.of("");
    assertThat(refusal(rig, empty.version(ProtocolVersion.V3_1))).isEqualTo(2);
    assertThat(refusal(rig, empty.version(ProtocolVersion.V3_1_1).resume())).isEqualTo(2);
    assertThat(refusal(rig, empty.version(ProtocolVersion.V3_1_1))).isZero();
    Rig strict = new Rig(Limits.builder().allowZeroLengthClientId(false).build());
    assertThat(refusal(strict, empty.version(ProtocolVersion.V3_1_1))).isEqualTo(2);
    assertThat(refusal(strict, empty)).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
  }

  private static int refusal(Rig rig, ConnectOptions options) {
    TestClient client = rig.connect(options);
    assertThat(client.peer.isClosed()).isEqualTo(client.connack.reasonCode() != 0);
    return client.connack.reasonCode();
  }

  @Test
  void aRefusedConnectDoesNotDisturbTheOldConnection() {
    TestClient old = rig.connect("c");
    int reason = refusal(rig, ConnectOptions.of("c").with(Property.AUTHENTICATION_METHOD, 0));
    assertThat(reason).isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
    assertThat(old.peer.isClosed()).isFalse();
  }

  @Test
  void aConnackThatIsTooLargeForTheClientIsNotSent() {
    TestClient client = rig.open();
    client.send(ConnectOptions.of("c").with(Property.MAXIMUM_PACKET_SIZE, 15).packet());
    assertThat(client.peer.isClosed()).isTrue();
    assertThat(client.peer.all()).isEmpty();
    assertThat(rig.connect(ConnectOptions.of("c").with(Property.MAXIMUM_PACKET_SIZE, 16)).connack)
        .extracting(Connack::reasonCode)
        .isEqualTo(0);
  }
}
